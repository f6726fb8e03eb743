using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>
/// A Gaussian process over points and budgets: a Matérn-5/2 kernel with a length scale for each coordinate and one for the logarithm of the
/// epochs, a learned warp of each of them, and a noise for each rung.
/// </summary>
/// <remarks>
/// A row is a point of the unit cube and, last, its budget's position log e/log E. Pending rows have their expected values, as in
/// <see cref="GaussianProcess"/>. Swersky, Snoek and Adams, <see href="https://arxiv.org/abs/1406.3896">Freeze-Thaw Bayesian
/// Optimization</see> (2014); where we differ: a kernel over log epochs in place of one of exponential decays.
/// </remarks>
internal sealed class MultiFidelityProcess
{
    private readonly FidelityParameters _parameters;
    private readonly double[][] _columns, _inverse;
    private readonly double[] _alpha;
    private readonly double _variance;

    private MultiFidelityProcess(FidelityParameters parameters, double[][] columns, double[] alpha, double[][] inverse) =>
        (_parameters, _columns, _alpha, _inverse, _variance) = (parameters, columns, alpha, inverse, parameters.Variance);

    /// <summary>Conditions on observed rows and, after them, pending ones; <c>null</c> when the kernel's matrix is singular.</summary>
    public static MultiFidelityProcess? On(FidelityRows rows, FidelityParameters parameters)
    {
        var columns = Warped(rows, parameters, null);
        if (Cholesky.Of(Kernel(rows, columns, parameters, null)) is not { } factor)
            return null;
        var inverse = factor.Inverse();
        return new MultiFidelityProcess(parameters, columns, Cholesky.Back(inverse, factor.Forward(rows.Values)), inverse);
    }

    /// <summary>The expectation at a row, and its variance without noise.</summary>
    public (double Mean, double Variance) At(double[] row)
    {
        var (k, _, _, variance) = Covariances(row);
        return (Lanes.Dot(_alpha, k, _alpha.Length), variance);
    }

    /// <summary>log expected improvement over a bound at a row; writes its gradient by the row, budget included, when asked.</summary>
    public double LogImprovement(double[] row, double best, double[]? gradient)
    {
        var (k, slope, v, variance) = Covariances(row);
        var n = _alpha.Length;
        var deviation = Math.Sqrt(variance);
        var z = (best - Lanes.Dot(_alpha, k, n)) / deviation;
        var (logH, h) = ExpectedImprovement.At(z);
        if (gradient is null)
            return logH + PortableMath.Log(deviation);
        var solved = Cholesky.Back(_inverse, v);
        for (var d = 0; d < gradient.Length; d++)
        {
            if (_parameters.Categorical[d])
            {
                gradient[d] = 0;
                continue;
            }

            var (warped, byX, _, _) = _parameters.WarpWithSlopes(d, row[d]);
            var trend = _parameters.Trend;
            // All slopes lack the weight, which is multiplied in below.
            double meanSlope = 0, varianceSlope = trend is null ? 0 : 2 * trend.SlopeAt(d, warped) / _parameters.Weights[d];
            for (var i = 0; i < n; i++)
            {
                var by = -slope[i] * (warped - _columns[d][i]);
                if (trend is not null)
                    by += trend.SlopeAt(d, _columns[d][i]) / _parameters.Weights[d];
                meanSlope += _alpha[i] * by;
                varianceSlope -= 2 * solved[i] * by;
            }

            var deviationSlope = varianceSlope / (2 * deviation);
            gradient[d] = byX * _parameters.Weights[d] * (deviationSlope / deviation + h * (-meanSlope - z * deviationSlope) / deviation);
        }

        return logH + PortableMath.Log(deviation);
    }

    /// <summary>−log posterior density of parameters, and its gradient.</summary>
    public static double Loss(FidelityRows rows, FidelityParameters parameters, double[] gradient)
    {
        var n = rows.Points.Length;
        var dimensions = parameters.Categorical.Length;
        double[][] slopes = new double[n][], byA = new double[dimensions][], byB = new double[dimensions][];
        var columns = Warped(rows, parameters, (byA, byB));
        var factorized = Kernel(rows, columns, parameters, slopes);
        var kernel = factorized.Select(row => (double[])row.Clone()).ToArray();
        Array.Clear(gradient);
        if (Cholesky.Of(factorized) is not { } factor)
            return double.PositiveInfinity;
        var inverse = factor.Inverse();
        var z = factor.Forward(rows.Values);
        var alpha = Cholesky.Back(inverse, z);
        var loss = 0.5 * Lanes.Dot(z, z, n);
        for (var i = 0; i < n; i++)
            loss += PortableMath.Log(factor.Rows[i][i]);
        var precision = Enumerable.Range(0, n).Select(i => new double[i + 1]).ToArray();
        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i <= k; i++)
                Lanes.Add(inverse[k][i], inverse[k], precision[i], i + 1);
        }

        var byCoordinate = columns.Select(_ => new double[n]).ToArray(); // through the trend alone
        // ½·tr((K⁻¹ − ααᵀ)·∂K/∂θ), each pair below the diagonal twice.
        for (var i = 0; i < n; i++)
        {
            var row = precision[i];
            for (var j = 0; j < i; j++)
            {
                var w = row[j] - alpha[i] * alpha[j];
                gradient[dimensions] += w * kernel[i][j];
                parameters.Trend?.AddSlopes(gradient, byCoordinate, columns, i, j, w);
                row[j] = w * slopes[i][j];
            }

            var own = 0.5 * (row[i] - alpha[i] * alpha[i]);
            gradient[dimensions] += own * (parameters.Variance + (parameters.Trend?.At(PointAt(columns, i)) ?? 0));
            parameters.Trend?.AddSlopes(gradient, byCoordinate, columns, i, i, own);
            gradient[parameters.NoiseAt(rows.Rungs[i])] += own * parameters.Noises[rows.Rungs[i]];
        }

        for (var d = 0; d < dimensions; d++)
        {
            AddScaleAndWarp(d, precision, columns[d], byA[d], byB[d], parameters, gradient);
            for (var i = 0; parameters.Trend is not null && i < n; i++)
            {
                gradient[parameters.WarpAt(d)] += byCoordinate[d][i] * byA[d][i];
                gradient[parameters.WarpAt(d) + 1] += byCoordinate[d][i] * byB[d][i];
            }
        }

        return loss + parameters.AddPrior(gradient);
    }

    private static void AddScaleAndWarp(
        int d, double[][] slopes, double[] x, double[] byA, double[] byB, FidelityParameters parameters, double[] gradient)
    {
        double scale = 0, a = 0, b = 0;
        for (var i = 0; i < x.Length && i < slopes.Length; i++)
        {
            var row = slopes[i];
            for (var j = 0; j < i; j++)
            {
                var apart = x[i] - x[j];
                if (parameters.Categorical[d])
                    apart = apart == 0 ? 0 : 1;
                var by = row[j] * apart;
                scale += by * apart;
                a -= by * (byA[i] - byA[j]);
                b -= by * (byB[i] - byB[j]);
            }
        }

        gradient[d] += parameters.Weights[d] * scale;
        gradient[parameters.WarpAt(d)] += parameters.Weights[d] * a;
        gradient[parameters.WarpAt(d) + 1] += parameters.Weights[d] * b;
    }

    private (double[] K, double[] Slope, double[] V, double Variance) Covariances(double[] row)
    {
        var n = _alpha.Length;
        var warped = new double[row.Length];
        for (var d = 0; d < warped.Length; d++)
            warped[d] = _parameters.Warp(d, row[d]);
        double[] k = new double[MaternKernel.Padded(n)], slope = new double[MaternKernel.Padded(n)], v = new double[n];
        MaternKernel.Row(k, slope, n, warped, _columns, _parameters.Categorical, _parameters.Weights, _variance);
        _parameters.Trend?.AddTo(k, n, warped, _columns);
        for (var i = 0; i < n; i++)
            v[i] = Lanes.Dot(_inverse[i], k, i + 1);
        var variance = _variance + (_parameters.Trend?.At(warped) ?? 0) - Lanes.Dot(v, v, n);
        return (k, slope, v, Math.Max(variance, 1e-12 * _variance));
    }

    /// <summary>The warped coordinates, an array a dimension; and their derivatives by log a and log b, when asked.</summary>
    private static double[][] Warped(FidelityRows rows, FidelityParameters parameters, (double[][] ByA, double[][] ByB)? slopes)
    {
        var n = rows.Points.Length;
        var columns = new double[parameters.Categorical.Length][];
        for (var d = 0; d < columns.Length; d++)
        {
            columns[d] = new double[MaternKernel.Padded(n)];
            if (slopes is var (byA, byB))
            {
                (byA[d], byB[d]) = (new double[n], new double[n]);
                for (var i = 0; i < n; i++)
                    (columns[d][i], _, byA[d][i], byB[d][i]) = parameters.WarpWithSlopes(d, rows.Points[i][d]);
            }
            else
            {
                for (var i = 0; i < n; i++)
                    columns[d][i] = parameters.Warp(d, rows.Points[i][d]);
            }
        }

        return columns;
    }

    private static double[] PointAt(double[][] columns, int index) => [.. columns.Select(column => column[index])];

    private static double[][] Kernel(FidelityRows rows, double[][] columns, FidelityParameters parameters, double[][]? slopes)
    {
        var n = rows.Points.Length;
        var kernel = new double[n][];
        var point = new double[columns.Length];
        for (var i = 0; i < n; i++)
        {
            for (var d = 0; d < point.Length; d++)
                point[d] = columns[d][i];
            double[] row = new double[MaternKernel.Padded(i + 1)], slope = new double[MaternKernel.Padded(i + 1)];
            MaternKernel.Row(row, slope, i + 1, point, columns, parameters.Categorical, parameters.Weights, parameters.Variance);
            parameters.Trend?.AddTo(row, i, point, columns);
            row[i] = parameters.Variance + (parameters.Trend?.At(point) ?? 0) + parameters.Noises[rows.Rungs[i]] + 1e-9;
            kernel[i] = row;
            if (slopes is not null)
                slopes[i] = slope;
        }

        return kernel;
    }
}

/// <summary>The rows of a <see cref="MultiFidelityProcess"/>.</summary>
/// <param name="Points">The rows: a point and, last, its budget's position in [0, 1].</param>
/// <param name="Rungs">The rung of each.</param>
/// <param name="Values">The standardized values of the first of them; the others are pending.</param>
internal sealed record FidelityRows(double[][] Points, int[] Rungs, double[] Values);
