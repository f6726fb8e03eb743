using System.Text.RegularExpressions;

namespace HyperSearch.Tests.Conventions;

/// <summary>A page under <c>.github/reference</c>: prose by hand, and tables between marks that the program writes.</summary>
internal static partial class ReferencePage
{
    private const string Update = "HYPERSEARCH_UPDATE_REFERENCE";

    /// <summary>Requires that a page has these tables and no others, each as the program writes it.</summary>
    /// <param name="page">The file's name.</param>
    /// <param name="tables">The tables by the names in their marks.</param>
    public static void AssertHolds(string page, IReadOnlyDictionary<string, string> tables)
    {
        var path = Path.Combine(Repository.Folder(".github"), "reference", page);
        var kept = File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.Equal(tables.Keys.Order(), Marked().Matches(kept).Select(mark => mark.Groups["name"].Value).Order());
        var written = Marked().Replace(kept, mark =>
            $"<!-- {mark.Groups["name"].Value} -->\n{tables[mark.Groups["name"].Value]}\n<!-- end -->");
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(path, kept = written);
        Assert.True(kept == written,
            $".github/reference/{page} is not what the program says. Run this test with {Update}=1 and commit the file.");
    }

    /// <summary>A table of Markdown.</summary>
    public static string Table(string[] heads, IEnumerable<string[]> rows) => string.Join('\n',
        [Row(heads), Row([.. heads.Select(_ => "---")]), .. rows.Select(cells => Row([.. cells.Select(Cell)]))]);

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |";

    private static string Cell(string text) =>
        text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex("<!-- (?<name>[a-z-]+) -->\n(?:.*?\n)??<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
