using HyperSearch.Numerics;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Samplers.Gp;

/// <summary>
/// Models the outcomes by a Gaussian process and tries where it expects the greatest improvement (<c>gp</c>): the fewest trials where each
/// is expensive.
/// </summary>
/// <remarks>
/// <para>After <see cref="Design"/> points that tell the parameters apart (an orthogonal Latin hypercube; Sobol points for up to three
/// parameters and for more than 64 points): a Matérn-5/2 kernel with a length scale a parameter, fitted by maximum a posteriori with
/// the priors log ℓ ~ N(log 0.3·√D, 0.9) over D parameters, because distances in a cube grow with √D, log σ² ~ N(0, 1), log noise ~ N(log
/// 1e−3, 1.5). A second model warps each input by a monotone map (Kumaraswamy's, both parameters log-normal around the identity), and
/// decides where its log posterior density is greater by more than 3. While there are fewer than four outcomes a parameter, and no
/// parameter has a condition, it has a linear kernel too, so that a trend goes on where nothing is known, and both models count by their
/// posterior densities. Bad values are pulled in to median + 2·(median − 10th percentile), outcomes without a value get that. While no
/// trial is pending, a decision asks beside each model that counts two with other length scales, log ℓ moved by a random vector of
/// deviation 0.4 and by its opposite: what the outcomes do not tell apart is not taken for known. The logarithm of the expected
/// improvement, the mean over models, is compared at Sobol points and at moves from the best four trials, and the best two candidates are
/// polished by L-BFGS.</para>
/// <para>Pending trials have no value yet: the expected improvement is the mean over four joint samples of their values, so that the model
/// is asked as soon as it is with one trial at a time.</para>
/// <para>Campaigns of the first <see cref="LawEdition"/> go on by its law: length scales around 0.6, inputs as they are, pending trials as
/// if they had met expectations, and with s trials at once the first s·<see cref="Design"/> from <c>coarse_to_fine</c>. Those of the second
/// edition go on without a trend, those of the third by the likeliest length scales alone (which need not lead to the best point: Bull,
/// Convergence Rates of Efficient Global Optimization Algorithms, Journal of Machine Learning Research, 2011), and those of the fourth
/// after Sobol points.</para>
/// <para>Where two or three metrics are traded off, each has such a model, and the candidate is tried from which the hypervolume before
/// the front is expected to gain most; it is exact, since beliefs about the metrics are independent. The reference point lies a tenth of
/// the range beyond the front's worst values, for every third trial beyond those of all outcomes, so that the front's ends are looked for.
/// Pending trials have the values that the models expect. Emmerich, Deutz and Klinkenberg, Hypervolume-based expected improvement, CEC
/// (2011).</para>
/// <para>Beyond <see cref="MostTrials"/> outcomes a decision would cost too much, and <c>coarse_to_fine</c> goes on with what was
/// learned.</para>
/// <para>Jones, Schonlau and Welch, Efficient Global Optimization of Expensive Black-Box Functions (1998); Ginsbourger et al., Kriging is
/// well-suited to parallelize optimization (2010); Snoek et al., Input Warping for Bayesian Optimization of Non-stationary Functions
/// (2014); Hvarfner, Hellsten and Nardi, Vanilla Bayesian Optimization Performs Great in High Dimensions, ICML (2024).</para>
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new GpSampler { Design = 12 } };
/// </code>
/// </example>
public sealed record GpSampler : ISampler
{
    /// <summary>Among so many dimensions Sobol's halves are all different, and its points are spread as evenly as can be.</summary>
    private const int SpreadBySobol = 3;

    private readonly int _design = 8, _candidates = 256, _mostTrials = 300;

    /// <summary>How many trials are spread over the whole space before the model is asked. Default 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public int Design { get => _design; init => _design = Require.AtLeast(value, 2, "design"); }

    /// <summary>How many points of the whole space, and as many near the best trials, are compared for a decision. Default 256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Candidates { get => _candidates; init => _candidates = Require.AtLeast(value, 1, "candidates"); }

    /// <summary>How many outcomes are modelled at most. Default 300.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 10.</exception>
    public int MostTrials { get => _mostTrials; init => _mostTrials = Require.AtLeast(value, 10, "most_trials"); }

    bool ISampler.TradesOff => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than three metrics are traded off.</exception>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Objectives > GpFrontState.MostObjectives)
        {
            throw new ArgumentException(
                $"gp searches the front of up to {GpFrontState.MostObjectives} metrics, not of {problem.Objectives}. "
                + "Take coarse_to_fine or tpe.", nameof(problem));
        }

        if (problem.Objectives > 1)
        {
            var front = (CoarseToFineFrontState)new CoarseToFineSampler { Design = Design }.Initial(problem);
            return new GpFrontState(this, problem.Space, front);
        }

        var fine = new CoarseToFineSampler { Design = Design }.Over(PointsOf(problem), problem);
        return new GpState(this, GpLaw.Of(this, problem), problem.Space, fine);
    }

    private GlobalPoints PointsOf(SamplingProblem problem)
    {
        var (dimensions, seed) = (problem.Space.Dimensions, problem.Seed);
        var isSpread = problem.Edition <= LawEdition.Fourth || dimensions <= SpreadBySobol || Design > GlobalPoints.Spread;
        return isSpread ? GlobalPoints.Sobol(dimensions, seed) : GlobalPoints.After(Design, dimensions, seed);
    }
}
