namespace HyperSearch.Numerics;

/// <summary>Minimizes a smooth function in a box by L-BFGS with projection: six pairs of memory, backtracking steps.</summary>
/// <remarks>Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 3.1.</remarks>
internal static class Bfgs
{
    /// <summary>The value at x; writes the gradient.</summary>
    public delegate double Objective(double[] x, double[] gradient);

    private const int Memory = 6, Backtracks = 12;

    /// <summary>Improves x; gives the better point and its value.</summary>
    public static (double[] X, double Value) Minimize(Objective objective, double[] x, double low, double high, int iterations)
    {
        var gradient = new double[x.Length];
        var value = objective(x, gradient);
        var pairs = new List<(double[] Step, double[] Change, double Curvature)>();
        for (var k = 0; k < iterations; k++)
        {
            var direction = Direction(gradient, pairs);
            var slope = 0.0;
            for (var d = 0; d < x.Length; d++)
            {
                if (x[d] <= low && direction[d] < 0 || x[d] >= high && direction[d] > 0)
                    direction[d] = 0;
                slope += direction[d] * gradient[d];
            }

            if (!(slope < 0))
            {
                if (pairs.Count == 0)
                    break;
                pairs.Clear();
                continue;
            }

            var length = pairs.Count > 0 ? 1 : Math.Min(1, 0.1 * (high - low) / Math.Sqrt(direction.Sum(one => one * one)));
            double[] next = x, change = gradient;
            var reached = value;
            for (var t = 0; t < Backtracks; t++, length *= 0.4)
            {
                var candidate = x.Zip(direction, (at, by) => Math.Clamp(at + length * by, low, high)).ToArray();
                var slopeThere = new double[x.Length];
                var there = objective(candidate, slopeThere);
                if (there <= value + 1e-4 * length * slope)
                {
                    (next, change, reached) = (candidate, slopeThere, there);
                    break;
                }
            }

            if (ReferenceEquals(next, x))
                break;
            var step = next.Zip(x, (a, b) => a - b).ToArray();
            var bend = change.Zip(gradient, (a, b) => a - b).ToArray();
            var curvature = Lanes.Dot(step, bend, step.Length);
            if (curvature > 1e-12)
                pairs.Add((step, bend, curvature));
            if (pairs.Count > Memory)
                pairs.RemoveAt(0);
            var gained = value - reached;
            (x, gradient, value) = (next, change, reached);
            if (gained < 1e-5 * (1 + Math.Abs(value)))
                break;
        }

        return (x, value);
    }

    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Curvature)> pairs)
    {
        var q = (double[])gradient.Clone();
        var weights = new double[pairs.Count];
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            weights[i] = Lanes.Dot(pairs[i].Step, q, q.Length) / pairs[i].Curvature;
            Lanes.Add(-weights[i], pairs[i].Change, q, q.Length);
        }

        if (pairs.Count > 0)
        {
            var scale = pairs[^1].Curvature / Lanes.Dot(pairs[^1].Change, pairs[^1].Change, q.Length);
            for (var d = 0; d < q.Length; d++)
                q[d] *= scale;
        }

        for (var i = 0; i < pairs.Count; i++)
            Lanes.Add(weights[i] - Lanes.Dot(pairs[i].Change, q, q.Length) / pairs[i].Curvature, pairs[i].Step, q, q.Length);
        for (var d = 0; d < q.Length; d++)
            q[d] = -q[d];
        return q;
    }
}
