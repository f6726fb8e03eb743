using System.Text.RegularExpressions;

namespace HyperSearch.Tests.Conventions;

/// <summary>House rules that no analyzer knows.</summary>
public sealed partial class StyleTests
{
    [Fact]
    public void Pragma_CarriesItsReason()
    {
        var bare =
            from file in Sources.Under("src").Concat(Sources.Under("tests"))
            from line in File.ReadLines(file)
            where BarePragma().IsMatch(line)
            select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Empty(bare);
    }

    [Fact]
    public void Suppression_IsRare() =>
        Assert.InRange(Sources.Under("src").Sum(file => Disable().Count(File.ReadAllText(file))), 0, 10);

    /// <summary>Files that are longer than 300 lines, with the lines that they may have; the list only becomes shorter.</summary>
    private static readonly Dictionary<string, int> Longer = new() { ["Campaign.cs"] = 320 };

    [Fact]
    public void Source_HasNoFileThatOughtToBeTwo() => Assert.All(Sources.Under("src"), file =>
    {
        var (name, lines) = (Path.GetFileName(file), File.ReadLines(file).Count());
        Assert.True(lines <= Longer.GetValueOrDefault(name, 300), $"{name} has {lines} lines.");
    });

    /// <summary>How many lines are wider than 140 columns still; the number only falls.</summary>
    private const int WideLines = 60;

    /// <summary>A line of a raw string is as wide as what it quotes; every other line can be broken.</summary>
    [Fact]
    public void Source_HasHardlyALineWiderThan140()
    {
        var wide =
            from file in Sources.Under("src").Concat(Sources.Under("tests"))
            from line in CodeLines(file)
            where line.Length > 140
            select line;
        Assert.InRange(wide.Count(), 0, WideLines);
    }

    /// <summary>The lines of a file, those in and with raw strings left out.</summary>
    private static IEnumerable<string> CodeLines(string file)
    {
        var quoted = false;
        foreach (var line in File.ReadLines(file))
        {
            var marks = RawMark().Count(line);
            if (marks == 0 && !quoted)
                yield return line;
            quoted ^= marks % 2 == 1;
        }
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawMark();

    [GeneratedRegex(@"#pragma warning disable \w+(, \w+)*\s*$")]
    private static partial Regex BarePragma();

    [GeneratedRegex("#pragma warning disable")]
    private static partial Regex Disable();
}
