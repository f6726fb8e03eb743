using System.Globalization;
using System.Numerics;

namespace HyperSearch.Planning;

/// <summary>
/// The laws of a search's fields. The field's own <c>init</c> holds them, so that code and search files obey the same ones.
/// </summary>
internal static class SearchLaw
{
    /// <summary>A number within its ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside, or NaN.</exception>
    public static T Within<T>(T value, T least, T most, string name, string wayOut)
        where T : INumber<T> =>
        value >= least && value <= most ? value : throw Refuse(name, value, $"is from {least} to {most}", wayOut);

    /// <summary>A number that has a least value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less, or NaN.</exception>
    public static T AtLeast<T>(T value, T least, string name, string wayOut)
        where T : INumber<T> => value >= least ? value : throw Refuse(name, value, $"is at least {least}", wayOut);

    /// <summary>A number that is neither NaN nor an infinity.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is.</exception>
    public static double Finite(double value, string name, string wayOut) =>
        double.IsFinite(value) ? value : throw Refuse(name, value, $"is a finite number", wayOut);

    /// <summary>A length of time above zero that a calendar can hold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static TimeSpan? Positive(TimeSpan? value, string name, string wayOut) =>
        value is null || (value > TimeSpan.Zero && value < LongestTime)
            ? value : throw Refuse(name, value, $"is above zero, and below 10⁹ seconds", wayOut);

    /// <summary>A text that says something.</summary>
    /// <exception cref="ArgumentException">It is <c>null</c> or empty.</exception>
    public static string Text(string value, string name, string wayOut) => value is null
        ? throw new ArgumentNullException(name, $"{name} is not empty. {wayOut}")
        : !string.IsNullOrEmpty(value) ? value : throw new ArgumentException($"{name} is not empty. {wayOut}", name);

    /// <summary>The time that no field of a search reaches: 10⁹ seconds, some 32 years.</summary>
    public static TimeSpan LongestTime { get; } = TimeSpan.FromSeconds(1_000_000_000);

    private static ArgumentOutOfRangeException Refuse(string name, object value, FormattableString law, string wayOut) =>
        new(name, value, $"{name} {law.ToString(CultureInfo.InvariantCulture)}. {wayOut}");
}
