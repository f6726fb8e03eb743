using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Tpe;

/// <summary>
/// The tree-structured Parzen estimator, multivariate (<c>tpe</c>): tries points that look like the good trials and unlike the others.
/// </summary>
/// <remarks>
/// After <see cref="Design"/> Sobol points the best γ = min(⌈n/10⌉, 25) trials give a density l, the latest 256 others (failures and
/// pending trials among them) a density g: mixtures of products of truncated normals, one a trial, with a uniform component. Of
/// <see cref="Candidates"/> draws from l the one with the greatest l/g is tried. Where several metrics are traded off, the good trials are
/// those of the first fronts, of the last of these the ones where it is thin (Ozaki et al.,
/// <see href="https://doi.org/10.1145/3377930.3389817">Multiobjective Tree-structured Parzen Estimator</see>, GECCO (2020), who choose by
/// volume there). Bergstra et al.,
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

    bool ISampler.TradesOff => true;

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var sobol = new SobolSequence(problem.Space.Dimensions, problem.Seed);
        return problem.Objectives > 1 ? new TpeFrontState(this, sobol) : new TpeState(this, sobol);
    }
}
