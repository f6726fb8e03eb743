using HyperSearch.Numerics;

namespace HyperSearch.Samplers.MultiFidelity;

/// <summary>
/// One Gaussian process over points and budgets (<c>multi_fidelity_gp</c>): under a schedule, what a trial shows after few epochs tells
/// where a full training is worth while.
/// </summary>
/// <remarks>
/// <para>After <see cref="Design"/> results at Sobol points: a Matérn-5/2 kernel over the coordinates and the logarithm of the epochs, each
/// with a length scale and a learned monotone warp, and a noise for each rung; fitted by maximum a posteriori. Where no parameter has a
/// condition there is a linear kernel too, whose variance is 0.3 of the other's, so that a trend goes on where nothing is known; campaigns
/// of editions before the fourth go on without. A result is the median of its last min(5, max(1, e/4)) epochs. It is moved by the typical
/// difference between its rung and the full budget; bad ones are pulled in to median + 2·(median − 10th percentile), and so are outcomes
/// without a value.</para>
/// <para>A new point is where the logarithm of the expected improvement at the full budget is greatest, compared at Sobol points and at
/// moves from the four trials that promise most; the best two candidates are polished by L-BFGS. Trials under way count as if they had
/// met expectations in full.</para>
/// <para>At most <see cref="MostRows"/> results are modelled, so that a decision costs the same however many there are: of each trial the
/// one on its highest rung, finished trials first, then the best two thirds of what is left, then an even sample of the others.</para>
/// <para>Swersky, Snoek and Adams, <see href="https://arxiv.org/abs/1406.3896">Freeze-Thaw Bayesian Optimization</see> (2014).</para>
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Epochs = 27, Schedule = new AshaSchedule { Factor = 3 }, Sampler = new MultiFidelityGpSampler() };
/// </code>
/// </example>
public sealed record MultiFidelityGpSampler : ISampler
{
    private const double TrendShare = 0.3;
    private readonly int _design = 8, _candidates = 256, _mostRows = 120;

    /// <summary>How many results there are before the model is asked; until then trials are spread over the whole space. Default
    /// 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public int Design { get => _design; init => _design = Require.AtLeast(value, 2, "design"); }

    /// <summary>How many points of the whole space, and as many near the best trials, are compared for a decision. Default 256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Candidates { get => _candidates; init => _candidates = Require.AtLeast(value, 1, "candidates"); }

    /// <summary>How many results are modelled at most. Default 120.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 10.</exception>
    public int MostRows { get => _mostRows; init => _mostRows = Require.AtLeast(value, 10, "most_rows"); }

    bool ISampler.LearnsFromEveryRung => true;

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new MultiFidelityGpState(
            this, problem.Space, problem.Budgets, new SobolSequence(problem.Space.Dimensions, problem.Seed))
        {
            Trend = HasTrend(problem) ? TrendShare : 0,
        };
    }

    /// <summary>A parameter that is there only under a condition stands at ½ elsewhere, so that its trend would mean nothing.</summary>
    private static bool HasTrend(SamplingProblem problem) =>
        problem.Edition > LawEdition.Third && problem.Space.Searched.All(parameter => parameter.When.IsEmpty);
}
