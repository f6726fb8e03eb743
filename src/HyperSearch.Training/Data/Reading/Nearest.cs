namespace HyperSearch.Training.Data.Reading;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
internal static class Nearest
{
    /// <summary>" Did you mean "x"?" when a known name is close enough, else nothing.</summary>
    public static string Hint(string written, IEnumerable<string> known)
    {
        var best = known
            .Select(name => (Name: name, Distance: Distance(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(static pair => pair.Distance)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return best.Distance <= Math.Max(2, written.Length / 3) ? $" Did you mean \"{best.Name}\"?" : "";
    }

    /// <summary>Names as a list for a message, cut short when there are many.</summary>
    public static string List(IReadOnlyCollection<string> names)
    {
        const int shown = 12;
        var text = string.Join(", ", names.Take(shown));
        return names.Count <= shown ? text : $"{text}, … ({names.Count} in all)";
    }

    /// <summary>Levenshtein's distance: insertions, deletions and substitutions.</summary>
    internal static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j - 1], row[j]) + 1);
            }
        }
        return row[^1];
    }
}
