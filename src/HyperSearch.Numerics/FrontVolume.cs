using System.Collections.Immutable;

namespace HyperSearch.Numerics;

/// <summary>The volume that points with several costs dominate up to a reference point, each cost lower the better.</summary>
/// <remarks>
/// By slices: sorted by the last cost, each slice between two neighbours has the volume of the points before it in one cost less. So
/// O(n^(K − 1)·log n) for K costs; right for two or three.
/// </remarks>
internal static class FrontVolume
{
    /// <summary>The volume; points beyond the reference in any cost add nothing.</summary>
    public static double Of(IEnumerable<ImmutableArray<double>> points, ReadOnlySpan<double> reference)
    {
        var bound = reference.ToArray();
        double[][] inside =
            [.. points.Where(point => point.Zip(bound).All(pair => pair.First < pair.Second)).Select(point => point.ToArray())];
        return Of(inside, bound, bound.Length);
    }

    private static double Of(double[][] points, double[] reference, int costs)
    {
        if (points.Length == 0)
            return 0;
        if (costs == 1)
            return reference[0] - points.Min(point => point[0]);
        var last = costs - 1;
        double[][] sorted = [.. points.OrderBy(point => point[last])];
        var volume = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var height = (i + 1 < sorted.Length ? sorted[i + 1][last] : reference[last]) - sorted[i][last];
            if (height > 0)
                volume += height * Of(sorted[..(i + 1)], reference, last);
        }

        return volume;
    }
}
