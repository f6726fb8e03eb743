using System.Collections.Immutable;

namespace HyperSearch.Numerics;

/// <summary>The order of points that have several costs, each lower the better.</summary>
/// <remarks>
/// Deb, Pratap, Agarwal and Meyarivan, <see href="https://doi.org/10.1109/4235.996017">A fast and elitist multiobjective genetic algorithm:
/// NSGA-II</see>, IEEE Transactions on Evolutionary Computation 6 (2002).
/// </remarks>
internal static class Pareto
{
    /// <summary>Whether a point is at least as good in everything and better in something.</summary>
    public static bool Beats(ImmutableArray<double> a, ImmutableArray<double> b)
    {
        var better = false;
        for (var k = 0; k < a.Length; k++)
        {
            if (a[k] > b[k])
                return false;
            better |= a[k] < b[k];
        }

        return better;
    }

    /// <summary>The front of each point: 1 where no point beats it, 2 where only points of front 1 do, and so on.</summary>
    /// <remarks>
    /// In lexicographic order a point can only be beaten by an earlier one, and fronts are searched by bisection (Zhang and others, ENS,
    /// 2015); with two costs the last member of a front decides.
    /// </remarks>
    public static int[] Fronts(IReadOnlyList<ImmutableArray<double>> points)
    {
        var result = new int[points.Count];
        var fronts = new List<List<ImmutableArray<double>>>();
        var lexicographic = Comparer<ImmutableArray<double>>.Create(Compare);
        foreach (var index in Enumerable.Range(0, points.Count).OrderBy(index => points[index], lexicographic))
        {
            var point = points[index];
            int low = 0, high = fronts.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (IsBeaten(point, fronts[middle]))
                    low = middle + 1;
                else
                    high = middle;
            }

            if (low == fronts.Count)
                fronts.Add([]);
            fronts[low].Add(point);
            result[index] = low + 1;
        }

        return result;
    }

    /// <summary>
    /// For each point of one front how far its neighbours are apart, summed over the costs, each by its range: large where the front is
    /// thin, infinite at its ends.
    /// </summary>
    public static double[] Crowding(IReadOnlyList<ImmutableArray<double>> front)
    {
        var crowding = new double[front.Count];
        for (var k = 0; front.Count > 0 && k < front[0].Length; k++)
        {
            var order = Enumerable.Range(0, front.Count).OrderBy(index => front[index][k]).ToArray();
            var range = front[order[^1]][k] - front[order[0]][k];
            crowding[order[0]] = crowding[order[^1]] = double.PositiveInfinity;
            for (var i = 1; range > 0 && i + 1 < order.Length; i++)
                crowding[order[i]] += (front[order[i + 1]][k] - front[order[i - 1]][k]) / range;
        }

        return crowding;
    }

    private static bool IsBeaten(ImmutableArray<double> point, List<ImmutableArray<double>> front)
    {
        if (point.Length == 2)
            return Beats(front[^1], point);
        for (var i = front.Count - 1; i >= 0; i--)
        {
            if (Beats(front[i], point))
                return true;
        }

        return false;
    }

    /// <summary>Lexicographic order.</summary>
    public static int Compare(ImmutableArray<double> a, ImmutableArray<double> b)
    {
        for (var k = 0; k < a.Length; k++)
        {
            if (a[k].CompareTo(b[k]) is not 0 and var order)
                return order;
        }

        return 0;
    }
}
