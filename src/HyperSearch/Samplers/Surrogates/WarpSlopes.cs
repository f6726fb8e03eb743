namespace HyperSearch.Samplers.Surrogates;

/// <summary>The gradient of a loss by the parameters of the warps: first by each warped coordinate, then by the chain rule.</summary>
internal sealed class WarpSlopes(int dimensions, int count)
{
    private readonly (double ByLogA, double ByLogB)[,] _slopes = new (double, double)[dimensions, count];
    private readonly double[,] _byCoordinate = new double[dimensions, count];

    /// <summary>The warped coordinate of a point, whose slopes are remembered.</summary>
    public double Warp(KumaraswamyWarp warp, int dimension, int point, double x)
    {
        var (value, _, byLogA, byLogB) = warp.WithSlopes(x);
        _slopes[dimension, point] = (byLogA, byLogB);
        return value;
    }

    /// <summary>Adds what the distance of two points contributes to the gradient by their coordinates.</summary>
    public void AddPair(int dimension, int first, int second, double slope)
    {
        _byCoordinate[dimension, first] -= slope;
        _byCoordinate[dimension, second] += slope;
    }

    /// <summary>Adds to the gradient by a coordinate of a point.</summary>
    public void Add(int dimension, int point, double slope) => _byCoordinate[dimension, point] += slope;

    /// <summary>Adds the gradient by log a and log b. Where a coordinate is not warped its slopes are zero.</summary>
    /// <param name="gradient">The gradient by all parameters.</param>
    /// <param name="start">The index of log a of the first dimension.</param>
    public void AddTo(double[] gradient, int start)
    {
        for (var d = 0; d < dimensions; d++)
        {
            for (var i = 0; i < count; i++)
            {
                gradient[start + d] += _byCoordinate[d, i] * _slopes[d, i].ByLogA;
                gradient[start + dimensions + d] += _byCoordinate[d, i] * _slopes[d, i].ByLogB;
            }
        }
    }
}
