using HyperSearch.Samplers;

namespace HyperSearch.Hosting.Journals;

/// <summary>The kinds of origin as files spell them.</summary>
internal static class OriginWords
{
    private static readonly (OriginKind Kind, string Word)[] All =
    [
        (OriginKind.Global, "global"), (OriginKind.Hop, "hop"), (OriginKind.Box, "box"), (OriginKind.Model, "model"),
        (OriginKind.Enqueued, "enqueued"), (OriginKind.Copy, "copy"),
    ];

    /// <summary>The word for a kind.</summary>
    public static string Of(OriginKind kind)
    {
        foreach (var (candidate, word) in All)
        {
            if (candidate == kind)
                return word;
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "Every kind of origin has a word in the journal; add it here.");
    }

    /// <summary>The kind that a word stands for.</summary>
    public static OriginKind Kind(string word)
    {
        foreach (var (kind, candidate) in All)
        {
            if (candidate == word)
                return kind;
        }

        throw new FormatException($"unknown origin \"{word}\"");
    }
}
