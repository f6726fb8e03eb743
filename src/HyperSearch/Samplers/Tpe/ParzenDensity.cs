using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.Tpe;

/// <summary>A density on the unit cube: a mixture of products of truncated normals around points, and one uniform component.</summary>
internal sealed class ParzenDensity
{
    private const double CategoryNoise = 0.2;
    private readonly Space _space;
    private readonly ImmutableArray<ImmutableArray<double>> _points;
    private readonly double[] _logScale;
    private readonly bool[] _categorical;

    public ParzenDensity(Space space, ImmutableArray<ImmutableArray<double>> points)
    {
        (_space, _points) = (space, points);
        // Scott's rule as BOHB and Optuna use it, in the unit interval.
        var scott = 0.2 * PortableMath.Pow(Math.Max(1, points.Length), -1.0 / (space.Dimensions + 4));
        Bandwidth = Math.Max(scott, 1.0 / Math.Min(100, 1 + points.Length) / 10);
        _categorical = [.. space.Searched.Select(parameter => parameter.Scale.IsCategorical)];
        var logWidth = StandardNormal.HalfLogTwoPi + PortableMath.Log(Bandwidth);
        _logScale = [.. points.Select(point => -point.Where((_, d) => !_categorical[d]).Sum(LogMass)), 0];

        double LogMass(double u) =>
            logWidth + PortableMath.Log(StandardNormal.Below((1 - u) / Bandwidth) - StandardNormal.Below(-u / Bandwidth));
    }

    /// <summary>The standard deviation of the normals.</summary>
    public double Bandwidth { get; }

    /// <summary>Draws a point.</summary>
    public void Draw(Span<double> point, RandomStream random)
    {
        var component = random.NextInt(_points.Length + 1);
        if (component == _points.Length)
        {
            random.Fill(point);
            return;
        }

        for (var d = 0; d < point.Length; d++)
        {
            var centre = _points[component][d];
            if (_categorical[d])
            {
                point[d] = random.Happens(CategoryNoise) ? random.NextDouble() : centre;
                continue;
            }

            do
            {
                point[d] = centre + Bandwidth * random.NextNormal();
            }
            while (point[d] is not (>= 0 and <= 1));
        }
    }

    /// <summary>The logarithm of the density at a point.</summary>
    public double Log(ImmutableArray<double> point)
    {
        var logs = (double[])_logScale.Clone();
        for (var i = 0; i < _points.Length; i++)
        {
            for (var d = 0; d < _categorical.Length; d++)
            {
                if (_categorical[d])
                {
                    logs[i] += LogCategory(d, _points[i][d] == point[d]);
                    continue;
                }

                var z = (point[d] - _points[i][d]) / Bandwidth;
                logs[i] -= 0.5 * z * z;
            }
        }

        double most = logs.Max(), sum = 0;
        foreach (var log in logs)
            sum += log > most - 40 ? PortableMath.Exp(log - most) : 0;
        return most + PortableMath.Log(sum / logs.Length);
    }

    private double LogCategory(int d, bool same) =>
        PortableMath.Log(CategoryNoise + (same ? (1 - CategoryNoise) * _space.Searched[d].Scale.Count!.Value : 0));
}
