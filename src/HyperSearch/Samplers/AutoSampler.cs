using HyperSearch.Numerics;

namespace HyperSearch.Samplers;

/// <summary>Chooses a sampler by the budget, the space and the schedule, and says which and why with its first trial (<c>auto</c>).</summary>
/// <remarks>
/// <c>coarse_to_fine</c> where a model does not pay: a schedule that compares trials on several budgets (many cheap trials), more than 20 parameters, more than 1,000 trials.
/// Otherwise <c>gp</c>, which finds more in few trials and hands over to coarse_to_fine after 300.
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

    /// <summary>What it chooses, and why, for people.</summary>
    public static (ISampler Sampler, string Why) Choose(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Rungs > 1)
            return (new CoarseToFineSampler(), $"auto chose coarse_to_fine: the schedule compares trials on {problem.Rungs} budgets, so there are many and each is cheap");
        if (problem.Space.Dimensions > MostDimensions)
            return (new CoarseToFineSampler(), $"auto chose coarse_to_fine: {problem.Space.Dimensions} parameters are more than the {MostDimensions} whose influence a model can tell apart");
        if (problem.Trials > MostTrials)
            return (new CoarseToFineSampler(), $"auto chose coarse_to_fine: with {problem.Trials} trials, more than {MostTrials}, a model costs more than it saves");
        return (new GpSampler(), $"auto chose gp: with {problem.Trials} trials over {problem.Space.Dimensions} parameters a model of the outcomes finds more");
    }

    /// <summary>Before the first proposal, which carries the reason; afterwards the chosen sampler's own states go on.</summary>
    private sealed record State(ISamplerState Chosen, string Why) : ISamplerState
    {
        public ISamplerState Observe(Observation observation) => this with { Chosen = Chosen.Observe(observation) };

        public ISamplerState Withdraw(int trial) => this with { Chosen = Chosen.Withdraw(trial) };

        public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random)
        {
            var (proposal, next) = Chosen.Propose(trial, random);
            return (proposal is null ? null : proposal with { Origin = proposal.Origin with { Note = proposal.Origin.Note is { } note ? $"{Why}; {note}" : Why } }, next);
        }
    }
}
