namespace HyperSearch.Training;

/// <summary>Finds the name that a misspelt one was probably meant to be.</summary>
internal static class Spelling
{
    /// <summary>". Did you mean "x"?" when one is near enough, else nothing.</summary>
    public static string Suggest(string written, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (Name: name, Distance: Distance(written, name))).MinBy(pair => pair.Distance);
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, written.Length / 3) ? $"; did you mean \"{nearest.Name}\"?" : "";
    }

    /// <summary>Insertions, deletions and replacements between two words (Levenshtein).</summary>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
