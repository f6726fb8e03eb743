namespace HyperSearch.Samplers.Surrogates;

/// <summary>
/// The linear kernel λ·σ²·Σ (x_d − ½)·(x′_d − ½)/ℓ_d² beside a stationary one: a trend goes on where the stationary kernel knows nothing.
/// A category has none.
/// </summary>
/// <remarks>Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), section 4.2.2.</remarks>
internal sealed class Trend
{
    private const double Centre = 0.5;
    private readonly double[] _weights;

    /// <summary>The trend of a process.</summary>
    /// <param name="share">λ.</param>
    /// <param name="variance">σ².</param>
    /// <param name="weights">1/ℓ_d².</param>
    /// <param name="categorical">Which dimensions have no order.</param>
    public Trend(double share, double variance, double[] weights, bool[] categorical) =>
        _weights = [.. weights.Select((weight, d) => categorical[d] ? 0 : share * variance * weight)];

    /// <summary>Adds the covariances of a point and others.</summary>
    /// <param name="k">Receives them, one a column.</param>
    /// <param name="count">How many others.</param>
    /// <param name="point">The point.</param>
    /// <param name="columns">The others: an array a dimension.</param>
    public void AddTo(double[] k, int count, ReadOnlySpan<double> point, double[][] columns)
    {
        for (var d = 0; d < _weights.Length; d++)
        {
            var by = _weights[d] * (point[d] - Centre);
            for (var i = 0; i < count && by != 0; i++)
                k[i] += by * (columns[d][i] - Centre);
        }
    }

    /// <summary>The variance at a point.</summary>
    public double At(ReadOnlySpan<double> point)
    {
        var sum = 0.0;
        for (var d = 0; d < _weights.Length; d++)
            sum += _weights[d] * (point[d] - Centre) * (point[d] - Centre);
        return sum;
    }

    /// <summary>The derivative of a covariance by a coordinate of one of its points, given that of the other.</summary>
    public double SlopeAt(int dimension, double other) => _weights[dimension] * (other - Centre);

    /// <summary>Adds what the covariance of two points contributes to the gradient of a loss, where λ is given.</summary>
    /// <param name="gradient">The gradient by log ℓ of each dimension.</param>
    /// <param name="byCoordinate">The gradient by the points' coordinates, an array a dimension.</param>
    /// <param name="columns">The points: an array a dimension.</param>
    /// <param name="first">The index of a point.</param>
    /// <param name="second">The index of another point, or the same.</param>
    /// <param name="by">The derivative of the loss by the covariance.</param>
    public void AddSlopes(double[] gradient, double[][] byCoordinate, double[][] columns, int first, int second, double by)
    {
        for (var d = 0; d < _weights.Length; d++)
        {
            double a = columns[d][first] - Centre, b = columns[d][second] - Centre, slope = by * _weights[d];
            gradient[d] -= 2 * slope * a * b;
            byCoordinate[d][first] += slope * b;
            byCoordinate[d][second] += slope * a;
        }
    }

    /// <summary>Adds what the covariance of two points contributes to the gradient of a loss.</summary>
    /// <param name="gradient">The gradient by log ℓ of each dimension and, last, log λ.</param>
    /// <param name="warps">Receives the slopes by warped coordinates; or <c>null</c>.</param>
    /// <param name="columns">The points: an array a dimension.</param>
    /// <param name="first">The index of a point.</param>
    /// <param name="second">The index of another point, or the same.</param>
    /// <param name="by">The derivative of the loss by the covariance.</param>
    public void AddSlopes(double[] gradient, WarpSlopes? warps, double[][] columns, int first, int second, double by)
    {
        for (var d = 0; d < _weights.Length; d++)
        {
            double a = columns[d][first] - Centre, b = columns[d][second] - Centre, slope = by * _weights[d];
            gradient[d] -= 2 * slope * a * b;
            gradient[^1] += slope * a * b;
            warps?.Add(d, first, slope * b);
            warps?.Add(d, second, slope * a);
        }
    }
}
