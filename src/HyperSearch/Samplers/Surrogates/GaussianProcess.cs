using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>A Gaussian process with a Matérn-5/2 kernel and one length scale a dimension, conditioned on points.</summary>
/// <remarks>
/// Parameters: log ℓ₁ … log ℓ_D, log σ², log noise. Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), chapters 2, 4
/// and 5. Pending points have their expected values ("kriging believer"): they take the uncertainty away and leave the mean as it is.
/// </remarks>
internal sealed class GaussianProcess
{
    /// <summary>
    /// The means of the priors of log ℓ, log σ² and log noise: log 0.6, 0 and log 1e−3, for points of the unit cube and standardized
    /// values.
    /// </summary>
    public const double TypicalLogScale = -0.5108256237659907, TypicalLogVariance = 0, TypicalLogNoise = -6.907755278982137;

    private readonly bool[] _categorical;
    private readonly double[][] _columns;
    private readonly double[] _weights, _alpha;
    private readonly double[][] _inverse;
    private readonly double _variance;

    private GaussianProcess(
        bool[] categorical, double[][] columns, double[] weights, double variance, double[] alpha, double[][] inverse, double best) =>
        (_categorical, _columns, _weights, _variance, _alpha, _inverse, Best) =
        (categorical, columns, weights, variance, alpha, inverse, best);

    /// <summary>The least expected value at an observed point.</summary>
    public double Best { get; }

    /// <summary>Conditions on observed points and pending ones; <c>null</c> when the kernel's matrix is singular.</summary>
    public static GaussianProcess? On(double[][] points, double[] values, bool[] categorical, double[] parameters)
    {
        var (columns, weights, variance, noise) = Unpack(points, parameters);
        var rows = Kernel(points.Length, columns, categorical, weights, variance, noise, null);
        if (Cholesky.Of(rows) is not { } factor)
            return null;
        var inverse = factor.Inverse();
        var alpha = Cholesky.Back(inverse, factor.Forward(values));
        var best = Enumerable.Range(0, values.Length).Min(i => values[i] - noise * alpha[i]);
        return new GaussianProcess(categorical, columns, weights, variance, alpha, inverse, best);
    }

    /// <summary>−log posterior density of the parameters, and its gradient.</summary>
    public static double Loss(double[][] points, double[] values, bool[] categorical, double[] parameters, double[] gradient)
    {
        int n = points.Length, dimensions = categorical.Length;
        var (columns, weights, variance, noise) = Unpack(points, parameters);
        var slopes = new double[n][];
        var rows = Kernel(n, columns, categorical, weights, variance, noise, slopes);
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
                w *= slopes[i][j];
                for (var d = 0; d < dimensions; d++)
                    gradient[d] += w * Square(categorical[d], columns[d][i] - columns[d][j]) * weights[d];
            }

            var own = 0.5 * (precision[i][i] - alpha[i] * alpha[i]);
            gradient[dimensions] += own * variance;
            gradient[dimensions + 1] += own * noise;
        }

        for (var p = 0; p < parameters.Length; p++)
        {
            var (mean, deviation) = p < dimensions ? (TypicalLogScale, 0.9)
                : p == dimensions ? (TypicalLogVariance, 1) : (TypicalLogNoise, 1.5);
            var off = (parameters[p] - mean) / deviation;
            loss += 0.5 * off * off;
            gradient[p] += off / deviation;
        }

        return loss;
    }

    /// <summary>log expected improvement over <see cref="Best"/> at a point; writes its gradient when asked.</summary>
    public double LogImprovement(double[] point, double[]? gradient)
    {
        var n = _alpha.Length;
        double[] k = new double[MaternKernel.Padded(n)], slope = new double[MaternKernel.Padded(n)], v = new double[n];
        MaternKernel.Row(k, slope, n, point, _columns, _categorical, _weights, _variance);
        for (var i = 0; i < n; i++)
            v[i] = Lanes.Dot(_inverse[i], k, i + 1);
        var mean = Lanes.Dot(_alpha, k, n);
        var variance = Math.Max(_variance - Lanes.Dot(v, v, n), 1e-12 * _variance);
        var deviation = Math.Sqrt(variance);
        var z = (Best - mean) / deviation;
        var (logH, h) = ExpectedImprovement.At(z);
        if (gradient is not null)
        {
            var solved = Cholesky.Back(_inverse, v);
            for (var d = 0; d < gradient.Length; d++)
            {
                double meanSlope = 0, varianceSlope = 0;
                for (var i = 0; i < n && !_categorical[d]; i++)
                {
                    var by = -slope[i] * (point[d] - _columns[d][i]) * _weights[d];
                    meanSlope += _alpha[i] * by;
                    varianceSlope -= 2 * solved[i] * by;
                }

                var deviationSlope = varianceSlope / (2 * deviation);
                gradient[d] = deviationSlope / deviation + h * (-meanSlope - z * deviationSlope) / deviation;
            }
        }

        return logH + PortableMath.Log(deviation);
    }

    private static double Square(bool categorical, double difference) => categorical ? difference == 0 ? 0 : 1 : difference * difference;

    private static (double[][] Columns, double[] Weights, double Variance, double Noise) Unpack(double[][] points, double[] parameters)
    {
        var dimensions = parameters.Length - 2;
        var columns = new double[dimensions][];
        for (var d = 0; d < dimensions; d++)
        {
            columns[d] = new double[MaternKernel.Padded(points.Length)];
            for (var i = 0; i < points.Length; i++)
                columns[d][i] = points[i][d];
        }

        double[] weights = [.. parameters.Take(dimensions).Select(log => PortableMath.Exp(-2 * log))];
        return (columns, weights, PortableMath.Exp(parameters[dimensions]), PortableMath.Exp(parameters[dimensions + 1]));
    }

    private static double[][] Kernel(
        int n, double[][] columns, bool[] categorical, double[] weights, double variance, double noise, double[][]? slopes)
    {
        var rows = new double[n][];
        var point = new double[categorical.Length];
        for (var i = 0; i < n; i++)
        {
            for (var d = 0; d < point.Length; d++)
                point[d] = columns[d][i];
            double[] row = new double[MaternKernel.Padded(i + 1)], slope = new double[MaternKernel.Padded(i + 1)];
            MaternKernel.Row(row, slope, i + 1, point, columns, categorical, weights, variance);
            row[i] = variance + noise + 1e-9;
            rows[i] = row;
            if (slopes is not null)
                slopes[i] = slope;
        }

        return rows;
    }
}
