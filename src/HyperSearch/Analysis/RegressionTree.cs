using HyperSearch.Numerics;

namespace HyperSearch.Analysis;

/// <summary>A regression tree over the unit cube, grown by the greatest reduction of squared error.</summary>
internal sealed class RegressionTree
{
    private readonly List<Node> _nodes = [];
    private readonly int _dimensions;

    private RegressionTree(int dimensions) => _dimensions = dimensions;

    /// <summary>Grows a tree.</summary>
    /// <param name="points">Shape [rows][dimensions], in the unit cube.</param>
    /// <param name="values">One a row.</param>
    /// <param name="rows">Which rows to learn from, with repetitions; reordered.</param>
    /// <param name="minimum">A leaf holds at least this many rows.</param>
    /// <param name="random">Chooses the dimensions that each split may use: five of six.</param>
    public static RegressionTree Grow(double[][] points, double[] values, int[] rows, int minimum, RandomStream random)
    {
        var tree = new RegressionTree(points[0].Length);
        tree.Grow(points, values, rows, minimum, random, new double[rows.Length]);
        return tree;
    }

    public double Predict(ReadOnlySpan<double> point)
    {
        var node = 0;
        while (_nodes[node].Dimension >= 0)
            node = point[_nodes[node].Dimension] < _nodes[node].Threshold ? _nodes[node].Left : _nodes[node].Right;
        return _nodes[node].Value;
    }

    /// <summary>Calls back for each leaf with its corners and its value. The corners are reused from call to call.</summary>
    public void VisitLeaves(Action<double[], double[], double> visit)
    {
        var low = new double[_dimensions];
        var high = new double[_dimensions];
        Array.Fill(high, 1);
        Visit(0);

        void Visit(int index)
        {
            var node = _nodes[index];
            if (node.Dimension < 0)
            {
                visit(low, high, node.Value);
                return;
            }

            var (oldLow, oldHigh) = (low[node.Dimension], high[node.Dimension]);
            high[node.Dimension] = node.Threshold;
            Visit(node.Left);
            (low[node.Dimension], high[node.Dimension]) = (node.Threshold, oldHigh);
            Visit(node.Right);
            low[node.Dimension] = oldLow;
        }
    }

    private int Grow(double[][] points, double[] values, Span<int> rows, int minimum, RandomStream random, double[] keys)
    {
        var index = _nodes.Count;
        double mean = 0;
        foreach (var row in rows)
            mean += values[row] / rows.Length;
        _nodes.Add(new Node(-1, 0, 0, 0, mean));
        if (rows.Length < 2 * minimum || BestSplit(points, values, rows, minimum, random, keys) is not var (dimension, threshold))
            return index;
        var cut = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (points[rows[i]][dimension] < threshold)
            {
                (rows[i], rows[cut]) = (rows[cut], rows[i]);
                cut++;
            }
        }

        var left = Grow(points, values, rows[..cut], minimum, random, keys);
        var right = Grow(points, values, rows[cut..], minimum, random, keys);
        _nodes[index] = new Node(dimension, threshold, left, right, mean);
        return index;
    }

    /// <summary>The split that explains most; its threshold lies at random between the two rows, so that many trees together are
    /// smooth.</summary>
    private static (int Dimension, double Threshold)? BestSplit(double[][] points, double[] values, Span<int> rows, int minimum,
        RandomStream random, double[] keys)
    {
        double total = 0;
        foreach (var row in rows)
            total += values[row];
        (int Dimension, double Threshold)? best = null;
        var most = total * total / rows.Length + 1e-12 * Math.Abs(total);
        var dimensions = points[0].Length;
        for (var d = 0; d < dimensions; d++)
        {
            if (dimensions > 1 && random.NextDouble() < 1.0 / 6)
                continue;
            for (var i = 0; i < rows.Length; i++)
                keys[i] = points[rows[i]][d];
            keys.AsSpan(0, rows.Length).Sort(rows);
            double left = 0;
            for (var i = 1; i < rows.Length; i++)
            {
                left += values[rows[i - 1]];
                if (i < minimum || rows.Length - i < minimum || keys[i] <= keys[i - 1])
                    continue;
                var right = total - left;
                var explained = left * left / i + right * right / (rows.Length - i);
                if (explained > most)
                    (most, best) = (explained, (d, double.Lerp(keys[i - 1], keys[i], 0.25 + 0.5 * random.NextDouble())));
            }
        }

        return best;
    }

    private readonly record struct Node(int Dimension, double Threshold, int Left, int Right, double Value);
}
