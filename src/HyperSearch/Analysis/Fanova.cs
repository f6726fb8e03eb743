using HyperSearch.Numerics;

namespace HyperSearch.Analysis;

/// <summary>Functional ANOVA of a random forest over the unit cube: V = Σᵢ Vᵢ + Σᵢⱼ Vᵢⱼ + …, Vᵢ the variance of the forest averaged over
/// all other dimensions.</summary>
/// <remarks>
/// A tree is constant on boxes, so its averages are exact sums over its leaves; the forest's are the mean of its trees'. The decomposition
/// is taken of the mean, not tree by tree,
/// because a single tree's noise would count as interaction. Categories and whole numbers are cells of the unit interval. Source: Hutter,
/// Hoos and Leyton-Brown,
/// <see href="https://proceedings.mlr.press/v32/hutter14.html">An Efficient Approach for Assessing Hyperparameter Importance</see>, ICML
/// (2014).
/// </remarks>
internal static class Fanova
{
    private const int Cells = 64;
    private const int PairCells = 12;
    private const int Trees = 16;
    private const int Probes = 1024;

    /// <summary>The shares of variance, of one forest grown on one resample of the trials.</summary>
    /// <param name="points">Shape [rows][dimensions].</param>
    /// <param name="values">One a row.</param>
    /// <param name="rows">The resample: rows, with repetitions.</param>
    /// <param name="pairs">Which pairs to look at.</param>
    /// <param name="random">For the trees.</param>
    public static (double[] Singles, double[] Pairs) Shares(double[][] points, double[] values, int[] rows,
        IReadOnlyList<(int A, int B)> pairs, RandomStream random)
    {
        var dimensions = points[0].Length;
        var singles = new double[dimensions][];
        for (var d = 0; d < dimensions; d++)
            singles[d] = new double[Cells];
        var planes = new double[pairs.Count][];
        for (var p = 0; p < planes.Length; p++)
            planes[p] = new double[PairCells * PairCells];
        var probes = Enumerable.Range(0, Probes).Select(_ => Enumerable.Range(0, dimensions).Select(_ => random.NextDouble()).ToArray())
            .ToArray();
        var predictions = new double[Probes];
        var sample = new int[rows.Length];
        for (var t = 0; t < Trees; t++)
        {
            for (var i = 0; i < sample.Length; i++)
                sample[i] = rows[random.NextInt(rows.Length)];
            var tree = RegressionTree.Grow(points, values, sample, minimum: 2, random);
            tree.VisitLeaves((low, high, value) => Add(low, high, value / Trees, singles, planes, pairs));
            for (var i = 0; i < Probes; i++)
                predictions[i] += tree.Predict(probes[i]) / Trees;
        }

        var total = Variance(predictions);
        if (!(total > 0))
            return (new double[dimensions], new double[pairs.Count]);
        return ([.. singles.Select(single => Math.Min(1, Variance(single) / total))],
            [.. planes.Select(plane => Math.Clamp(Interaction(plane) / total, 0, 1))]);
    }

    private static void Add(double[] low, double[] high, double value, double[][] singles, double[][] planes,
        IReadOnlyList<(int A, int B)> pairs)
    {
        double volume = 1;
        for (var d = 0; d < low.Length; d++)
            volume *= high[d] - low[d];
        for (var d = 0; d < low.Length; d++)
        {
            var share = value * volume / (high[d] - low[d]);
            for (var c = (int)(low[d] * Cells); c < Cells && c < high[d] * Cells; c++)
                singles[d][c] += share * Overlap(low[d], high[d], c, Cells);
        }

        for (var p = 0; p < planes.Length; p++)
        {
            var (a, b) = pairs[p];
            var share = value * volume / ((high[a] - low[a]) * (high[b] - low[b]));
            for (var i = (int)(low[a] * PairCells); i < PairCells && i < high[a] * PairCells; i++)
            {
                var part = share * Overlap(low[a], high[a], i, PairCells);
                for (var j = (int)(low[b] * PairCells); j < PairCells && j < high[b] * PairCells; j++)
                    planes[p][i * PairCells + j] += part * Overlap(low[b], high[b], j, PairCells);
            }
        }
    }

    /// <summary>The share of a cell that an interval covers.</summary>
    private static double Overlap(double low, double high, int cell, int cells) =>
        Math.Max(0, Math.Min(high * cells, cell + 1) - Math.Max(low * cells, cell));

    /// <summary>The variance of a plane that is neither its rows' nor its columns'.</summary>
    private static double Interaction(double[] plane)
    {
        var across = new double[PairCells];
        var down = new double[PairCells];
        for (var i = 0; i < PairCells; i++)
        {
            for (var j = 0; j < PairCells; j++)
            {
                across[i] += plane[i * PairCells + j] / PairCells;
                down[j] += plane[i * PairCells + j] / PairCells;
            }
        }

        return Variance(plane) - Variance(across) - Variance(down);
    }

    private static double Variance(double[] values)
    {
        double mean = 0, sum = 0;
        foreach (var value in values)
            mean += value / values.Length;
        foreach (var value in values)
            sum += (value - mean) * (value - mean);
        return sum / values.Length;
    }
}
