using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Tpe;

/// <summary>
/// The tree-structured Parzen estimator, multivariate (<c>tpe</c>): tries points that look like the good trials and unlike the others.
/// </summary>
/// <remarks>
/// After <see cref="Design"/> Sobol points the best γ = min(⌈n/10⌉, 25) trials give a density l, the latest 256 others (failures and
/// pending trials among them) a density g: mixtures of products of truncated normals, one a trial, with a uniform component. Of
/// <see cref="Candidates"/> draws from l the one with the greatest l/g is tried. Bergstra et al.,
/// <see href="https://papers.nips.cc/paper/4443-algorithms-for-hyper-parameter-optimization">Algorithms for Hyper-Parameter
/// Optimization</see>, NIPS (2011); Falkner, Klein and Hutter, BOHB, ICML (2018), for the multivariate form.
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new TpeSampler { Candidates = 24 } };
/// </code>
/// </example>
public sealed record TpeSampler : ISampler
{
    private readonly int _design = 8, _candidates = 48;

    /// <summary>How many trials are spread over the whole space first. Default 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Design { get => _design; init => _design = Require.AtLeast(value, 1, "design"); }

    /// <summary>How many draws are compared for a decision. Default 48.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Candidates { get => _candidates; init => _candidates = Require.AtLeast(value, 1, "candidates"); }

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new TpeState(this, new SobolSequence(problem.Space.Dimensions, problem.Seed));
    }
}
