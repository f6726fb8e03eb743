namespace HyperSearch.Tests.Spaces;

/// <summary>Pearson's chi-squared test of uniformity.</summary>
internal static class Uniformity
{
    /// <summary>Whether the counts of <paramref name="draws"/> draws are what 99.9 % of uniform sources give.</summary>
    public static bool Passes(int bins, int draws, Func<int> draw)
    {
        var counts = new int[bins];
        for (var i = 0; i < draws; i++)
            counts[draw()]++;
        return Statistic(counts) < Critical(bins - 1);
    }

    public static double Statistic(ReadOnlySpan<int> counts)
    {
        double total = 0, sum = 0;
        foreach (var count in counts)
            total += count;
        foreach (var count in counts)
            sum += (count - total / counts.Length) * (count - total / counts.Length);
        return sum * counts.Length / total;
    }

    /// <summary>The 99.9th percentile of chi-squared, by Wilson and Hilferty's cube.</summary>
    public static double Critical(int degrees)
    {
        var a = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - a + 3.0902 * Math.Sqrt(a), 3);
    }
}
