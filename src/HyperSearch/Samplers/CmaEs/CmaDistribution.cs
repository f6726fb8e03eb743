using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.CmaEs;

/// <summary>The normal distribution N(m, σ²·C) of a covariance matrix adaptation, with its two paths. Immutable.</summary>
/// <remarks>Notation and constants of Hansen's tutorial, table 1: μ_eff, c_σ, d_σ, c_c, c₁, c_μ.</remarks>
internal sealed class CmaDistribution
{
    private readonly double[] _mean, _path, _stepPath;
    private readonly double[][] _covariance;
    private readonly Cholesky _root;
    private readonly double _sigma;

    private CmaDistribution(double[] mean, double sigma, double[][] covariance, Cholesky root, double[] path, double[] stepPath) =>
        (_mean, _sigma, _covariance, _root, _path, _stepPath) = (mean, sigma, covariance, root, path, stepPath);

    /// <summary>λ: how many outcomes make a generation.</summary>
    public int Offspring => OffspringFor(_mean.Length);

    /// <summary>The largest standard deviation along an axis.</summary>
    public double Spread => _sigma * Math.Sqrt(_covariance.Select((row, d) => row[d]).Max());

    public static int OffspringFor(int dimensions) => 4 + (int)(3 * PortableMath.Log(dimensions));

    /// <summary>A round distribution.</summary>
    public static CmaDistribution Around(double[] mean, double sigma)
    {
        var n = mean.Length;
        return new CmaDistribution(mean, sigma, Unit(n), Cholesky.Of(Unit(n))!, new double[n], new double[n]);
    }

    public double[] Draw(RandomStream random)
    {
        var z = _mean.Select(_ => random.NextNormal()).ToArray();
        return [.. _mean.Select((m, d) => m + _sigma * Lanes.Dot(_root.Rows[d], z, d + 1))];
    }

    /// <summary>The distribution after a generation, the best first; <c>null</c> when its covariance has degenerated.</summary>
    public CmaDistribution? After(ImmutableArray<ImmutableArray<double>> ranked)
    {
        int n = _mean.Length, parents = ranked.Length / 2;
        double[] weights = [.. Enumerable.Range(1, parents).Select(i => PortableMath.Log((ranked.Length + 1) / 2.0) - PortableMath.Log(i))];
        var sum = weights.Sum();
        weights = [.. weights.Select(weight => weight / sum)];
        var effective = 1 / weights.Sum(weight => weight * weight);
        var cSigma = (effective + 2) / (n + effective + 5);
        var dSigma = 1 + 2 * Math.Max(0, Math.Sqrt((effective - 1) / (n + 1)) - 1) + cSigma;
        double cPath = (4 + effective / n) / (n + 4 + 2 * effective / n), one = 2 / ((n + 1.3) * (n + 1.3) + effective);
        var mu = Math.Min(1 - one, 2 * (effective - 2 + 1 / effective) / ((n + 2) * (n + 2) + effective));
        var expected = Math.Sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n));

        double[][] steps = [.. ranked.Take(parents).Select(x => x.Select((u, d) => (u - _mean[d]) / _sigma).ToArray())];
        var shift = new double[n];
        for (var i = 0; i < parents; i++)
            Lanes.Add(weights[i], steps[i], shift, n);
        var white = _root.Forward(shift);
        double[] stepPath = [.. _stepPath.Select((p, d) => (1 - cSigma) * p + Math.Sqrt(cSigma * (2 - cSigma) * effective) * white[d])];
        var length = Math.Sqrt(Lanes.Dot(stepPath, stepPath, n));
        var moving = length < (1.4 + 2 / (n + 1.0)) * expected * Math.Sqrt(1 - PortableMath.Pow(1 - cSigma, 2)) * 2 ? 1.0 : 0;
        double[] path = [.. _path.Select((p, d) => (1 - cPath) * p + moving * Math.Sqrt(cPath * (2 - cPath) * effective) * shift[d])];

        var covariance = new double[n][];
        for (var i = 0; i < n; i++)
        {
            covariance[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var rankMu = 0.0;
                for (var k = 0; k < parents; k++)
                    rankMu += weights[k] * steps[k][i] * steps[k][j];
                covariance[i][j] = (1 - one - mu) * _covariance[i][j] + one * path[i] * path[j] + mu * rankMu;
            }
        }

        var root = Cholesky.Of([.. covariance.Select(row => (double[])row.Clone())]);
        var sigma = Math.Min(1, _sigma * PortableMath.Exp(Math.Min(1, cSigma / dSigma * (length / expected - 1))));
        double[] mean = [.. _mean.Select((m, d) => Math.Clamp(m + _sigma * shift[d], 0, 1))];
        return root is null ? null : new CmaDistribution(mean, sigma, covariance, root, path, stepPath);
    }

    private static double[][] Unit(int n) =>
        [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, i + 1).Select(j => i == j ? 1.0 : 0).ToArray())];
}
