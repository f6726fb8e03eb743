using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Gp;

namespace HyperSearch.Samplers.Auto;

/// <summary>
/// Chooses a sampler by the budget, the space and the schedule, and says which and why with its first trial (<c>auto</c>).
/// </summary>
/// <remarks>
/// <c>coarse_to_fine</c> where a model does not pay: a schedule that compares trials on several budgets (many cheap trials), more than 20
/// parameters, more than 1,000 trials. Otherwise <c>gp</c>, which finds more in few trials and hands over to coarse_to_fine after 300.
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new AutoSampler() };
/// </code>
/// </example>
public sealed record AutoSampler : ISampler
{
    private const int MostDimensions = 20, MostTrials = 1000;

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var (sampler, why) = Choose(problem);
        return new State(sampler.Initial(problem), why);
    }

    /// <summary>The sampler that it chooses, and the reason in words for people.</summary>
    public static (ISampler Sampler, string Why) Choose(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var (trials, dimensions) = (problem.Trials, problem.Space.Dimensions);
        if (problem.Rungs > 1)
            return CoarseToFine($"the schedule compares trials on {problem.Rungs} budgets, so there are many and each is cheap");
        if (dimensions > MostDimensions)
            return CoarseToFine($"{dimensions} parameters are more than the {MostDimensions} whose influence a model can tell apart");
        if (trials > MostTrials)
            return CoarseToFine($"with {trials} trials, more than {MostTrials}, a model costs more than it saves");
        return (new GpSampler(), $"auto chose gp: with {trials} trials over {dimensions} parameters a model of the outcomes finds more");

        static (ISampler Sampler, string Why) CoarseToFine(string why) => (new CoarseToFineSampler(), $"auto chose coarse_to_fine: {why}");
    }

    /// <summary>Before the first proposal, which carries the reason; afterwards the chosen sampler's own states go on.</summary>
    private sealed record State(ISamplerState Chosen, string Why) : ISamplerState
    {
        public ISamplerState Observe(Observation observation) => this with { Chosen = Chosen.Observe(observation) };

        public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
        {
            var (proposal, next) = Chosen.Propose(request);
            if (proposal is null)
                return (null, next);
            var note = proposal.Origin.Note is { } own ? $"{Why}; {own}" : Why;
            return (proposal with { Origin = proposal.Origin with { Note = note } }, next);
        }
    }
}
