using HyperSearch.Numerics;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>
/// Coarse: points spread over the whole space. Fine: closer and closer around the best points (<c>coarse_to_fine</c>).
/// </summary>
/// <remarks>
/// <para>In the unit cube, with zoom L = 1.2 at first. The first <see cref="Design"/> trials are scrambled Sobol points. Afterwards a share
/// <see cref="GlobalShare"/> is global (the Sobol sequence up to 64 points, then uniform); the others are near: hops
/// (<see cref="HopShare"/>) and boxes. Of <see cref="Candidates"/> such points a quick Gaussian process over at most 64 trials, the best
/// and the latest, chooses the one with the greatest expected improvement; a share <see cref="GlobalShare"/> of the candidates of a near
/// trial is global, too. Pending trials leave the model nothing to find out beside them.</para>
/// <para>Hop: from the best trial (57 %), the second best (23 %) or any that the model holds (20 %), each coordinate moves with probability
/// 0.6, at least one, to clip(c + 0.3·min(L/2, 1)·Cauchy(0, 1), 0, 1); a category among them is redrawn with probability 0.2·min(1, 2L). A
/// hop that gives a new best zooms out, L = min(1.5·L, 2); <see cref="Patience"/> hops in a row without one zoom in, L = L/2; below 0.05
/// the search starts over at 1.2. A new best from a global point lifts L to at least 0.6.</para>
/// <para>Box: uniform in the bounding box of the best <see cref="BoxTrials"/> trials, widened by 10 % of its width + 0.003 a side; a
/// category is taken from one of them.</para>
/// <para>Candidates from moved coordinates, judged by a cheap model: Regis and Shoemaker, Combining radial basis function surrogates and
/// dynamic coordinate search (DYCORS), Engineering Optimization 45 (2013). Where we differ: expected improvement, so that the unknown
/// counts too, and one law of steps with heavy tails.</para>
/// <para>Where several metrics are traded off there is no model: the good trials are the front, a hop goes from a trial where the front is
/// thin, a new member of the front is a success (without one L = 0.65·L), and a box lies around neighbours on it.</para>
/// <para>Campaigns of the first <see cref="LawEdition"/> go on with 6 candidates and at most 32 trials in the model.</para>
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new CoarseToFineSampler { GlobalShare = 0.1 } };
/// </code>
/// </example>
public sealed record CoarseToFineSampler : ISampler
{
    private readonly int _design = 8, _patience = 8, _boxTrials = 6, _candidates;
    private readonly double _globalShare = 0.05, _hopShare = 0.8;

    /// <summary>How many trials are spread over the whole space before any other. Default 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Design { get => _design; init => _design = Require.AtLeast(value, 1, "design"); }

    /// <summary>The share of later trials that are spread over the whole space too. Default 0.05.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1].</exception>
    public double GlobalShare { get => _globalShare; init => _globalShare = Require.Share(value, "global_share"); }

    /// <summary>Of the trials that are not global, the share of hops; the others are boxes. Default 0.8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1].</exception>
    public double HopShare { get => _hopShare; init => _hopShare = Require.Share(value, "hop_share"); }

    /// <summary>Hops in a row without a new best before the search zooms in. Default 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Patience { get => _patience; init => _patience = Require.AtLeast(value, 1, "patience"); }

    /// <summary>How many of the best trials span a box. Default 6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public int BoxTrials { get => _boxTrials; init => _boxTrials = Require.AtLeast(value, 2, "box_trials"); }

    /// <summary>
    /// How many points are compared for a decision; 1 tries the first that comes, without a model; 0, the default, for 16, or 6 in a
    /// campaign of the first <see cref="LawEdition"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Candidates { get => _candidates; init => _candidates = Require.AtLeast(value, 0, "candidates"); }

    bool ISampler.TradesOff => true;

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var points = GlobalPoints.Sobol(problem.Space.Dimensions, problem.Seed);
        return problem.Objectives > 1 ? new CoarseToFineFrontState(this, points) : Over(points, problem);
    }

    /// <summary>The state before any trial for one metric, over given points of the whole space.</summary>
    internal CoarseToFineState Over(GlobalPoints points, SamplingProblem problem) =>
        new(this, points, IncrementalProcess.Over(problem.Space, MemoryOf(problem)), CandidatesOf(problem));

    private int CandidatesOf(SamplingProblem problem) => Candidates > 0 ? Candidates : problem.Edition == LawEdition.First ? 6 : 16;

    private static IncrementalProcess.Memory MemoryOf(SamplingProblem problem) =>
        problem.Edition == LawEdition.First ? new(Most: 32, Best: 10, Latest: 12) : new(Most: 64, Best: 24, Latest: 24);
}
