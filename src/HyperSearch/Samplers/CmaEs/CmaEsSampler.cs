using HyperSearch.Numerics;

namespace HyperSearch.Samplers.CmaEs;

/// <summary>
/// Covariance matrix adaptation (<c>cma_es</c>): a normal distribution that moves, stretches and turns towards what works; for many cheap
/// trials of numbers.
/// </summary>
/// <remarks>
/// After <see cref="Design"/> Sobol points the mean is the best of them and σ = <see cref="Sigma"/>; every λ = 4 + ⌊3·ln D⌋ outcomes are a
/// generation, in whatever order they come. Points beyond the unit cube are clipped, categories cut the unit interval into cells. When the
/// distribution has shrunk to nothing it starts again elsewhere. Hansen, <see href="https://arxiv.org/abs/1604.00772">The CMA Evolution
/// Strategy: A Tutorial</see> (2016). Where we differ: L of C = L·Lᵀ stands for its symmetric root.
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new CmaEsSampler { Sigma = 0.3 } };
/// </code>
/// </example>
public sealed record CmaEsSampler : ISampler
{
    private readonly int _design = 8;
    private readonly double _sigma = 0.25;

    /// <summary>How many trials are spread over the whole space first. Default 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Design { get => _design; init => _design = Require.AtLeast(value, 1, "design"); }

    /// <summary>The first standard deviation, in the unit interval. Default 0.25.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Sigma { get => _sigma; init => _sigma = Require.Above(value, 0, "sigma"); }

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new CmaEsState(this, new SobolSequence(problem.Space.Dimensions, problem.Seed));
    }
}
