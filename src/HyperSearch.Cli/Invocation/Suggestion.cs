namespace HyperSearch.Cli.Invocation;

/// <summary>The end of a message about a misspelt word: the nearest right one, and which there are.</summary>
internal static class Suggestion
{
    /// <summary>The nearest word and all known ones: sentences that start with a space.</summary>
    public static string For(string word, IReadOnlyCollection<string> known) =>
        known.Count == 0 ? "" : $"{Nearest(word, known)} Known: {Numerics.Nearest.List(known)}.";

    /// <summary>The nearest word: a sentence that starts with a space, or nothing when none is near.</summary>
    public static string Nearest(string word, IReadOnlyCollection<string> known) =>
        Numerics.Nearest.Hint(word, known);
}
