using System.Collections.Immutable;

namespace HyperSearch.Spaces;

/// <summary>The ticks of an axis that is a scale of numbers.</summary>
/// <param name="Major">Round values within the scale, ascending, with the text beside each tick.</param>
/// <param name="Minor">Further values, whose ticks have no text.</param>
public sealed record ScaleTicks(ImmutableArray<(double Value, string Text)> Major, ImmutableArray<double> Minor)
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten, for an axis where equal steps are equally far apart.</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value.</param>
    /// <param name="most">About how many texts there is room for.</param>
    /// <param name="whole">Whether only whole numbers are values. Default <c>false</c>.</param>
    public static ScaleTicks Linear(double low, double high, int most, bool whole = false) =>
        new([.. NiceNumbers.Linear(low, high, most, whole).Select(value => (value, NumberText.Rounded(value)))], []);

    /// <summary>Powers of ten, and multiples of them where there are few, for an axis where equal factors are equally far
    /// apart.</summary>
    /// <param name="low">The least value, positive.</param>
    /// <param name="high">The greatest value.</param>
    /// <param name="most">About how many texts there is room for.</param>
    public static ScaleTicks Log(double low, double high, int most)
    {
        var (major, minor) = NiceNumbers.Log(low, high, most);
        var asPower = low < 0.9e-4 || high > 1.1e6;
        return new ScaleTicks([.. major.Select(value => (value, NiceNumbers.Label(value, asPower)))], minor);
    }

    /// <summary>One minus powers of ten, for values below 1 whose distances to 1 are equally far apart by factors: <c>0.9</c>, <c>0.99</c>,
    /// <c>0.999</c>.</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value, below 1.</param>
    /// <param name="most">About how many texts there is room for.</param>
    public static ScaleTicks OneMinusLog(double low, double high, int most)
    {
        var (major, minor) = NiceNumbers.Log(1 - high, 1 - low, most);
        return new ScaleTicks([.. major.Select(distance => (1 - distance, NiceNumbers.Label(1 - distance, asPower: false)))],
            [.. minor.Select(distance => 1 - distance)]);
    }
}
