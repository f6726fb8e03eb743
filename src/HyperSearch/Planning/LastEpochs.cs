using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>The value of a trial at a budget, from the last epochs before it: a single epoch is noisy.</summary>
internal static class LastEpochs
{
    private const int Most = 5, Share = 4;

    /// <summary>The median of the last min(5, max(1, e/4)) values of a curve, those that are finite.</summary>
    /// <param name="curve">The value after each epoch of the last job.</param>
    /// <param name="epochs">e: the epochs trained in all.</param>
    /// <param name="value">The last value, for a curve that says nothing.</param>
    public static double Median(ImmutableArray<double> curve, int epochs, double value)
    {
        var count = Math.Min(Most, Math.Max(1, epochs / Share));
        double[] last = [.. curve.Skip(curve.Length - count).Where(double.IsFinite).Order()];
        if (last.Length == 0)
            return value;
        var (low, high) = (last[(last.Length - 1) / 2], last[last.Length / 2]);
        return low == high ? low : double.Clamp(0.5 * (low + high), low, high); // the sum of two great ones is infinite
    }
}
