using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>The points of a <see cref="GaussianProcess"/> as its kernel reads them, and the parameters of the kernel.</summary>
/// <param name="Columns">The coordinates, warped where inputs are: an array of padded length a dimension.</param>
/// <param name="Weights">1/ℓ².</param>
/// <param name="Variance">σ².</param>
/// <param name="Noise">The variance of an observation around the function.</param>
/// <param name="Warps">A warp a dimension; <c>null</c> where inputs are taken as they are.</param>
/// <param name="Trend">The linear part of the kernel; or <c>null</c>.</param>
internal sealed record Inputs(
    double[][] Columns, double[] Weights, double Variance, double Noise, KumaraswamyWarp[]? Warps, Trend? Trend)
{
    private const double Jitter = 1e-9;

    /// <summary>Places points.</summary>
    /// <param name="points">The points of the unit cube.</param>
    /// <param name="categorical">Which dimensions have no order.</param>
    /// <param name="parameters">The parameters of the process.</param>
    /// <param name="slopes">Receives the slopes of the warps at the points; or <c>null</c>.</param>
    public static Inputs Of(double[][] points, bool[] categorical, double[] parameters, WarpSlopes? slopes)
    {
        var dimensions = categorical.Length;
        var further = parameters.Length - dimensions - 2; // two a warp, one of a trend
        var warps = further < 2 * dimensions ? null : Enumerable.Range(dimensions + 2, dimensions)
            .Select(p => new KumaraswamyWarp(parameters[p], parameters[p + dimensions])).ToArray();
        var columns = new double[dimensions][];
        for (var d = 0; d < dimensions; d++)
        {
            columns[d] = new double[MaternKernel.Padded(points.Length)];
            for (var i = 0; i < points.Length; i++)
            {
                columns[d][i] = warps is null || categorical[d] ? points[i][d]
                    : slopes is null ? warps[d].At(points[i][d]) : slopes.Warp(warps[d], d, i, points[i][d]);
            }
        }

        double[] weights = [.. parameters.Take(dimensions).Select(log => PortableMath.Exp(-2 * log))];
        var variance = PortableMath.Exp(parameters[dimensions]);
        var trend = further % 2 == 0 ? null : new Trend(PortableMath.Exp(parameters[^1]), variance, weights, categorical);
        return new Inputs(columns, weights, variance, PortableMath.Exp(parameters[dimensions + 1]), warps, trend);
    }

    /// <summary>A point as the kernel reads it.</summary>
    public double[] Place(double[] point, bool[] categorical)
    {
        if (Warps is null)
            return point;
        var placed = (double[])point.Clone();
        for (var d = 0; d < placed.Length; d++)
        {
            if (!categorical[d])
                placed[d] = Warps[d].At(point[d]);
        }

        return placed;
    }

    /// <summary>Whether others place every point as these do.</summary>
    public bool PlacesAs(Inputs other) => (Warps ?? []).SequenceEqual(other.Warps ?? []);

    /// <summary>The variance of the function at a placed point.</summary>
    public double VarianceAt(ReadOnlySpan<double> point) => Variance + (Trend?.At(point) ?? 0);

    /// <summary>One of the points, placed.</summary>
    public double[] At(int index) => [.. Columns.Select(column => column[index])];

    /// <summary>The lower rows of K + noise, and, when asked, of the factor that every derivative has.</summary>
    public double[][] Kernel(int n, bool[] categorical, double[][]? slopes)
    {
        var rows = new double[n][];
        for (var i = 0; i < n; i++)
        {
            var point = At(i);
            double[] row = new double[MaternKernel.Padded(i + 1)], slope = new double[MaternKernel.Padded(i + 1)];
            MaternKernel.Row(row, slope, i + 1, point, Columns, categorical, Weights, Variance);
            Trend?.AddTo(row, i, point, Columns);
            row[i] = VarianceAt(point) + Noise + Jitter;
            rows[i] = row;
            if (slopes is not null)
                slopes[i] = slope;
        }

        return rows;
    }
}
