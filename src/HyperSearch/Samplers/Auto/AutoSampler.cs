using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.MultiFidelity;

namespace HyperSearch.Samplers.Auto;

/// <summary>
/// Chooses a sampler by the budget, the space and the schedule, and says which and why with its first trial (<c>auto</c>, the default).
/// </summary>
/// <remarks>
/// <para><c>coarse_to_fine</c> where a model does not pay: more than three metrics are traded off, or several under a schedule that
/// compares trials on several budgets, there are more than 20 parameters or more than 1,000 trials, or all configurations will be tried
/// anyway. Otherwise <c>multi_fidelity_gp</c> under such a schedule, because one model learns from all budgets, and without one <c>gp</c>,
/// which finds more in few trials and hands over to coarse_to_fine after 300.</para>
/// <para>A model can be sure of itself and wrong. When 20 outcomes in a row were no new best, <c>coarse_to_fine</c>, which has learned from
/// the same outcomes, proposes every second trial until there is one. The trial at which this changes says so.</para>
/// <para>Campaigns of the first <see cref="LawEdition"/> go on without the last two rules, and those of the first two leave several metrics
/// and several budgets to coarse_to_fine.</para>
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new AutoSampler() };
/// </code>
/// </example>
public sealed record AutoSampler : ISampler
{
    private const int MostDimensions = 20, MostTrials = 1000;

    bool ISampler.TradesOff => true;

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var (sampler, why) = Choose(problem);
        var isHelped = sampler is GpSampler && problem is { Edition: > LawEdition.First, Objectives: 1 };
        var helper = isHelped ? new CoarseToFineSampler().Initial(problem) : null;
        return new AutoState(sampler.Initial(problem), helper, why);
    }

    /// <summary>The sampler that it chooses, and the reason in words for people.</summary>
    public static (ISampler Sampler, string Why) Choose(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var (trials, dimensions) = (problem.Trials, problem.Space.Dimensions);
        if (problem.Objectives > (problem.Edition > LawEdition.Second ? GpFrontState.MostObjectives : 1))
            return CoarseToFine($"{problem.Objectives} metrics are traded off, and it follows their front");
        var learnsFromRungs = problem is { Rungs: > 1, Objectives: 1, Edition: > LawEdition.Second };
        if (problem.Rungs > 1 && !learnsFromRungs)
            return CoarseToFine($"the schedule compares trials on {problem.Rungs} budgets, so there are many and each is cheap");
        if (dimensions > MostDimensions)
            return CoarseToFine($"{dimensions} parameters are more than the {MostDimensions} whose influence a model can tell apart");
        if (trials > MostTrials)
            return CoarseToFine($"with {trials} trials, more than {MostTrials}, a model costs more than it saves");
        if (problem.Edition > LawEdition.First && problem.Space.Count is { } count && count <= trials)
            return CoarseToFine($"the space has no more than {count} configurations, so {trials} trials try them all");
        if (learnsFromRungs)
        {
            var why = $"the schedule compares trials on {problem.Rungs} budgets, and one model learns from all of them";
            return (new MultiFidelityGpSampler(), $"auto chose multi_fidelity_gp: {why}");
        }

        var models = problem.Objectives > 1 ? $"models of the {problem.Objectives} metrics find more of their front"
            : "a model of the outcomes finds more";
        return (new GpSampler(), $"auto chose gp: with {trials} trials over {dimensions} parameter{(dimensions == 1 ? "" : "s")} {models}");

        static (ISampler Sampler, string Why) CoarseToFine(string why) => (new CoarseToFineSampler(), $"auto chose coarse_to_fine: {why}");
    }
}
