namespace HyperSearch.Numerics;

/// <summary>Finds the word that a misspelt one was meant to be, for messages that show the way out.</summary>
public static class Nearest
{
    private const int ListedWords = 12;

    /// <summary>The known word that is closest to a written one; <c>null</c> when none is close.</summary>
    /// <remarks>
    /// Closest by edit distance (insertions, deletions, substitutions, swaps of neighbours), case aside; a third of the letters may differ,
    /// one at least.
    /// Failing that, the shortest known word that begins or ends with the written word, as "batch" for "batch_size". Ties go to the earlier
    /// word.
    /// </remarks>
    /// <param name="word">The word as written.</param>
    /// <param name="known">The words that would be right.</param>
    public static string? Of(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        var written = Simplify(word);
        string? best = null, part = null;
        var least = Math.Max(1, written.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var name = Simplify(candidate);
            if (Distance(written, name) is var distance && distance < least)
                (best, least) = (candidate, distance);
            if (written.Length >= 3
                && (name.StartsWith(written, StringComparison.Ordinal) || name.EndsWith(written, StringComparison.Ordinal))
                && (part is null || candidate.Length < part.Length))
                part = candidate;
        }

        return best ?? part;
    }

    /// <summary><c> Did you mean "x"?</c> with its leading space, or nothing when no known word is close.</summary>
    /// <param name="word">The word as written.</param>
    /// <param name="known">The words that would be right.</param>
    public static string Hint(string word, IEnumerable<string> known) =>
        Of(word, known) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";

    /// <summary>Words as a list for a message, cut short when there are many.</summary>
    /// <param name="words">In the order in which they shall be shown.</param>
    public static string List(IReadOnlyCollection<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Count <= ListedWords
            ? string.Join(", ", words)
            : $"{string.Join(", ", words.Take(ListedWords))}, … ({words.Count} in all)";
    }

    /// <summary>The edit distance with swaps of neighbours ("optimal string alignment"), over words of a and b in O(|a|·|b|).</summary>
    internal static int Distance(string a, string b)
    {
        var (before, last, row) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[^1];
    }

    private static string Simplify(string word) => word.Trim().ToUpperInvariant().Replace('-', '_').Replace(' ', '_');
}
