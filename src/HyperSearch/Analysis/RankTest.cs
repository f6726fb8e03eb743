using HyperSearch.Numerics;

namespace HyperSearch.Analysis;

/// <summary>The two-sided Mann–Whitney rank test: exact for small samples without ties, else by the normal approximation with correction
/// for ties and continuity.</summary>
/// <remarks>Mann and Whitney, On a test of whether one of two random variables is stochastically larger than the other, Annals of
/// Mathematical Statistics 18 (1947).</remarks>
public static class RankTest
{
    /// <summary>U: how many pairs (x of <paramref name="first"/>, y of <paramref name="second"/>) have x &lt; y, ties counting
    /// half.</summary>
    public static double Wins(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Sum(x => second.Sum(y => x < y ? 1 : x == y ? 0.5 : 0));
    }

    /// <summary>The probability of a U at least as far from its mean if both samples came from one distribution.</summary>
    /// <param name="first">At least one value.</param>
    /// <param name="second">At least one value.</param>
    public static double PValue(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var wins = Wins(first, second);
        var (n, m) = (first.Count, second.Count);
        if (n == 0 || m == 0)
            throw new ArgumentException("A rank test needs a value in each sample.");
        var ties = first.Concat(second).GroupBy(value => value).Select(group => (double)group.Count()).Where(count => count > 1).ToArray();
        if (ties.Length == 0 && n * m <= 400)
            return Exact(n, m, wins);
        var total = n + m;
        var variance = n * m / 12.0 * (total + 1 - ties.Sum(t => t * t * t - t) / (total * (total - 1.0)));
        if (!(variance > 0))
            return 1;
        var z = Math.Max(0, Math.Abs(wins - n * m / 2.0) - 0.5) / Math.Sqrt(variance);
        return 2 * StandardNormal.Below(-z);
    }

    /// <summary>Counts the orderings by U: f(n, m, u) = f(n − 1, m, u − m) + f(n, m − 1, u).</summary>
    private static double Exact(int n, int m, double wins)
    {
        var counts = new double[n + 1, m + 1][];
        for (var i = 0; i <= n; i++)
        {
            for (var j = 0; j <= m; j++)
            {
                var row = counts[i, j] = new double[i * j + 1];
                if (i == 0 || j == 0)
                {
                    row[0] = 1;
                    continue;
                }

                for (var u = 0; u < row.Length; u++)
                    row[u] = (u >= j && u - j < counts[i - 1, j].Length ? counts[i - 1, j][u - j] : 0)
                        + (u < counts[i, j - 1].Length ? counts[i, j - 1][u] : 0);
            }
        }

        var all = counts[n, m];
        var extreme = Math.Min(wins, n * m - wins);
        double tail = 0;
        for (var u = 0; u <= extreme; u++)
            tail += all[u];
        return Math.Min(1, 2 * tail / all.Sum());
    }
}
