namespace HyperSearch.Analysis;

/// <summary>PED-ANOVA: how much each dimension's distribution among the best trials differs from that among a region's.</summary>
/// <remarks>
/// v_d = ∫ p_region(x) (p_best(x) / p_region(x) − 1)² dx, the Pearson divergence of the two densities along dimension d, here of Gaussian
/// kernels on a grid, folded at the ends; shares are v_d / Σ v.
/// Source: Watanabe, Bansal and Hutter, <see href="https://arxiv.org/abs/2304.10255">PED-ANOVA</see>, IJCAI (2023), equations 13 and 16.
/// </remarks>
internal static class PedAnova
{
    private const int Cells = 50;

    /// <summary>The shares, one a dimension; all 0 when nothing differs.</summary>
    /// <param name="points">Shape [rows][dimensions], the best row first.</param>
    /// <param name="best">How many rows count as the best.</param>
    /// <param name="region">How many rows are the region they are compared with; at least <paramref name="best"/>.</param>
    public static double[] Shares(IReadOnlyList<double[]> points, int best, int region)
    {
        var dimensions = points[0].Length;
        var divergences = new double[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            var some = Density(points, best, d);
            var all = Density(points, region, d);
            for (var c = 0; c < Cells; c++)
                divergences[d] += (some[c] / all[c] - 1) * (some[c] / all[c] - 1) * all[c] / Cells;
        }

        var sum = divergences.Sum();
        return [.. divergences.Select(divergence => sum > 0 ? divergence / sum : 0)];
    }

    private static double[] Density(IReadOnlyList<double[]> points, int count, int dimension)
    {
        double mean = 0, square = 0;
        for (var i = 0; i < count; i++)
            mean += points[i][dimension] / count;
        for (var i = 0; i < count; i++)
            square += (points[i][dimension] - mean) * (points[i][dimension] - mean) / count;
        var width = Math.Max(0.5 / Cells, 1.06 * Math.Sqrt(square) * Math.Pow(count, -0.2)); // Scott's rule
        var density = new double[Cells];
        for (var i = 0; i < count; i++)
        {
            var x = points[i][dimension];
            for (var c = 0; c < Cells; c++)
            {
                var at = (c + 0.5) / Cells;
                density[c] += Kernel(at - x) + Kernel(at + x) + Kernel(2 - at - x);
            }
        }

        var sum = density.Sum() / Cells;
        for (var c = 0; c < Cells; c++)
            density[c] = 0.98 * density[c] / sum + 0.02; // a little of the prior keeps the ratio finite
        return density;

        double Kernel(double distance) => Math.Exp(-0.5 * distance * distance / (width * width));
    }
}
