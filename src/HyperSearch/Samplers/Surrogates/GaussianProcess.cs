using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>A Gaussian process with a Matérn-5/2 kernel and one length scale a dimension, conditioned on points.</summary>
/// <remarks>
/// <para>Parameters: log ℓ₁ … log ℓ_D, log σ², log noise; where inputs are warped, log a₁ … log a_D, log b₁ … log b_D too, and length
/// scales are those of warped inputs; last, where there is a <see cref="Trend"/>, log λ. A category is not warped. Rasmussen and Williams,
/// Gaussian Processes for Machine Learning (2006), chapters 2, 4 and 5.</para>
/// <para>Points behind the observed ones are pending. Without draws they have their expected values ("kriging believer"): they take the
/// uncertainty away and leave the mean as it is. With draws the process is a mixture of equally likely beliefs, each with a joint sample
/// of the pending values ("fantasies"; Snoek, Larochelle and Adams, Practical Bayesian Optimization, 2012). With K = L·Lᵀ and z = L⁻¹·y a
/// sample of the pending values is a normal draw behind the z of the observed ones, so all beliefs share L.</para>
/// </remarks>
internal sealed class GaussianProcess
{
    /// <summary>The steepest slope of a warp that an acquisition is climbed by: steps of L-BFGS at the end of an axis would be
    /// wild.</summary>
    private const double SteepestWarp = 30;

    private readonly bool[] _categorical;
    private readonly Inputs _inputs;
    private readonly double[][] _inverse;
    private readonly Belief[] _beliefs;

    private GaussianProcess(bool[] categorical, Inputs inputs, double[][] inverse, Belief[] beliefs) =>
        (_categorical, _inputs, _inverse, _beliefs) = (categorical, inputs, inverse, beliefs);

    /// <summary>Conditions on observed points and pending ones; <c>null</c> when the kernel's matrix is singular.</summary>
    /// <param name="points">The observed points, then the pending ones.</param>
    /// <param name="values">The values of the observed points.</param>
    /// <param name="categorical">Which dimensions have no order.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="draws">For each belief a standard normal draw a pending point; <c>null</c> for one belief in expectations.</param>
    public static GaussianProcess? On(
        double[][] points, double[] values, bool[] categorical, double[] parameters, double[][]? draws = null)
    {
        var inputs = Inputs.Of(points, categorical, parameters, null);
        var rows = inputs.Kernel(points.Length, categorical, null);
        if (Cholesky.Of(rows) is not { } factor)
            return null;
        var inverse = factor.Inverse();
        var z = factor.Forward(values);
        Belief[] beliefs = draws is null or [] ? [Expected()] : [.. draws.Select(Drawn)];
        return new GaussianProcess(categorical, inputs, inverse, beliefs);

        Belief Expected()
        {
            var alpha = Cholesky.Back(inverse, z);
            return new Belief(alpha, Enumerable.Range(0, values.Length).Min(i => values[i] - inputs.Noise * alpha[i]));
        }

        Belief Drawn(double[] draw)
        {
            double[] drawn = [.. z.AsSpan(0, values.Length), .. draw];
            var alpha = Cholesky.Back(inverse, drawn);
            var best = Enumerable.Range(0, points.Length).Min(i =>
                (i < values.Length ? values[i] : Lanes.Dot(factor.Rows[i], drawn, i + 1)) - inputs.Noise * alpha[i]);
            return new Belief(alpha, best);
        }
    }

    /// <summary>−log posterior density of the parameters, and its gradient.</summary>
    public static double Loss(
        double[][] points, double[] values, bool[] categorical, double[] parameters, double[] gradient, ProcessPrior prior)
    {
        int n = points.Length, dimensions = categorical.Length;
        var slopes = new double[n][];
        var warpSlopes = prior.Warps ? new WarpSlopes(dimensions, n) : null;
        var inputs = Inputs.Of(points, categorical, parameters, warpSlopes);
        var rows = inputs.Kernel(n, categorical, slopes);
        var kernel = rows.Select(row => (double[])row.Clone()).ToArray();
        Array.Clear(gradient);
        if (Cholesky.Of(rows) is not { } factor)
            return double.PositiveInfinity;
        var inverse = factor.Inverse();
        var z = factor.Forward(values);
        var alpha = Cholesky.Back(inverse, z);
        var loss = 0.5 * Lanes.Dot(z, z, n) + rows.Select((row, i) => PortableMath.Log(row[i])).Sum();
        var precision = Enumerable.Range(0, n).Select(i => new double[i + 1]).ToArray();
        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i <= k; i++)
                Lanes.Add(inverse[k][i], inverse[k], precision[i], i + 1);
        }

        // ½·tr((K⁻¹ − ααᵀ)·∂K/∂θ), each pair below the diagonal twice.
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var w = precision[i][j] - alpha[i] * alpha[j];
                gradient[dimensions] += w * kernel[i][j];
                inputs.Trend?.AddSlopes(gradient, warpSlopes, inputs.Columns, i, j, w);
                w *= slopes[i][j];
                for (var d = 0; d < dimensions; d++)
                {
                    var difference = inputs.Columns[d][i] - inputs.Columns[d][j];
                    gradient[d] += w * Square(categorical[d], difference) * inputs.Weights[d];
                    warpSlopes?.AddPair(d, i, j, w * difference * inputs.Weights[d]);
                }
            }

            var own = 0.5 * (precision[i][i] - alpha[i] * alpha[i]);
            gradient[dimensions] += own * inputs.VarianceAt(inputs.At(i));
            gradient[dimensions + 1] += own * inputs.Noise;
            inputs.Trend?.AddSlopes(gradient, warpSlopes, inputs.Columns, i, i, own);
        }

        warpSlopes?.AddTo(gradient, dimensions + 2);
        prior.Add(parameters, dimensions, ref loss, gradient);
        return loss;
    }

    /// <summary>The expected value at a point, the mean over beliefs, and the deviation around one belief's.</summary>
    public (double Mean, double Deviation) At(double[] point)
    {
        var (k, _, v, deviation) = Look(Place(point));
        return (_beliefs.Average(belief => Lanes.Dot(belief.Alpha, k, v.Length)), deviation);
    }

    /// <summary>The logarithm of the expected improvement at a point, the mean over beliefs; writes its gradient when asked.</summary>
    public double LogImprovement(double[] point, double[]? gradient) => LogImprovement(point, Place(point), gradient);

    /// <summary>The same at a point that is placed already: <paramref name="x"/> is what <see cref="Place"/> gives.</summary>
    public double LogImprovement(double[] point, double[] x, double[]? gradient)
    {
        var (k, slope, v, deviation) = Look(x);
        var each = new (double LogH, double Slope, double Z)[_beliefs.Length];
        var most = double.NegativeInfinity;
        for (var m = 0; m < each.Length; m++)
        {
            var z = (_beliefs[m].Best - Lanes.Dot(_beliefs[m].Alpha, k, v.Length)) / deviation;
            var (logH, h) = ExpectedImprovement.At(z);
            (each[m], most) = ((logH, h, z), Math.Max(most, logH));
        }

        if (each.Length == 1)
        {
            if (gradient is not null)
                Climb(point, x, slope, v, deviation, _beliefs[0].Alpha, each[0].Slope, each[0].Z, gradient);
            return most + PortableMath.Log(deviation);
        }

        // The mean of h over beliefs, its slope in the deviation and in the means, each weighted by h.
        double sum = 0, slopeOfH = 0, meanZ = 0;
        var alpha = new double[v.Length];
        foreach (var (logH, _, _) in each)
            sum += PortableMath.Exp(logH - most);
        for (var m = 0; m < each.Length && gradient is not null; m++)
        {
            var share = PortableMath.Exp(each[m].LogH - most) / sum * each[m].Slope;
            (slopeOfH, meanZ) = (slopeOfH + share, meanZ + share * each[m].Z);
            Lanes.Add(share, _beliefs[m].Alpha, alpha, alpha.Length);
        }

        if (gradient is not null)
        {
            for (var i = 0; i < alpha.Length; i++)
                alpha[i] /= slopeOfH;
            Climb(point, x, slope, v, deviation, alpha, slopeOfH, meanZ / slopeOfH, gradient);
        }

        return most + PortableMath.Log(sum / each.Length) + PortableMath.Log(deviation);
    }

    /// <summary>A point as the kernel reads it.</summary>
    public double[] Place(double[] point) => _inputs.Place(point, _categorical);

    /// <summary>Whether another process reads every point as this one does.</summary>
    public bool PlacesAs(GaussianProcess other) => _inputs.PlacesAs(other._inputs);

    /// <summary>
    /// The gradient of log h(z) + log s: s′/s + h·(−μ′ − z·s′)/s, with μ′ by <paramref name="alpha"/>, and s′ by K⁻¹·k.
    /// </summary>
    private void Climb(
        double[] point, double[] x, double[] slope, double[] v, double deviation, double[] alpha, double h, double z, double[] gradient)
    {
        var solved = Cholesky.Back(_inverse, v);
        for (var d = 0; d < gradient.Length; d++)
        {
            double meanSlope = 0, varianceSlope = 2 * (_inputs.Trend?.SlopeAt(d, x[d]) ?? 0);
            for (var i = 0; i < v.Length && !_categorical[d]; i++)
            {
                var by = -slope[i] * (x[d] - _inputs.Columns[d][i]) * _inputs.Weights[d];
                if (_inputs.Trend is { } trend)
                    by += trend.SlopeAt(d, _inputs.Columns[d][i]);
                meanSlope += alpha[i] * by;
                varianceSlope -= 2 * solved[i] * by;
            }

            var deviationSlope = varianceSlope / (2 * deviation);
            gradient[d] = deviationSlope / deviation + h * (-meanSlope - z * deviationSlope) / deviation;
            if (_inputs.Warps is { } warps && !_categorical[d])
                gradient[d] *= Math.Min(warps[d].WithSlopes(point[d]).ByX, SteepestWarp);
        }
    }

    private (double[] Kernel, double[] Slope, double[] Solved, double Deviation) Look(double[] x)
    {
        var n = _inverse.Length;
        double[] k = new double[MaternKernel.Padded(n)], slope = new double[MaternKernel.Padded(n)], v = new double[n];
        MaternKernel.Row(k, slope, n, x, _inputs.Columns, _categorical, _inputs.Weights, _inputs.Variance);
        _inputs.Trend?.AddTo(k, n, x, _inputs.Columns);
        for (var i = 0; i < n; i++)
            v[i] = Lanes.Dot(_inverse[i], k, i + 1);
        var variance = Math.Max(_inputs.VarianceAt(x) - Lanes.Dot(v, v, n), 1e-12 * _inputs.Variance);
        return (k, slope, v, Math.Sqrt(variance));
    }

    private static double Square(bool categorical, double difference) => categorical ? difference == 0 ? 0 : 1 : difference * difference;

    /// <summary>K⁻¹·y of one belief about the pending values, and the least expected value under it.</summary>
    private readonly record struct Belief(double[] Alpha, double Best);
}
