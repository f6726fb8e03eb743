using System.Globalization;

namespace HyperSearch.Numerics;

/// <summary>Counts in words: the one way to say how many.</summary>
internal static class Counted
{
    /// <summary>A count and its noun: <c>1 trial</c>, <c>3 trials</c>.</summary>
    /// <param name="number">The count.</param>
    /// <param name="noun">The noun for one.</param>
    /// <param name="many">The noun for several. Default: <paramref name="noun"/> with an s.</param>
    public static string Of(long number, string noun, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? noun : many ?? noun + "s")}");
}
