using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Samplers.Tpe;

/// <summary>The state of <see cref="TpeSampler"/>: the best trials and the latest.</summary>
internal sealed record TpeState(TpeSampler Options, SobolSequence Sobol) : ISamplerState
{
    public ImmutableArray<ScoredTrial> Best { get; init; } = [];

    public ImmutableList<ScoredTrial> Latest { get; init; } = [];

    /// <summary>How many outcomes there were.</summary>
    public int Outcomes { get; init; }

    public ISamplerState Observe(Observation observation)
    {
        var outcome = new ScoredTrial(observation.Trial, observation.Value ?? double.PositiveInfinity, observation.Position);
        var latest = Latest.Count < TpeDensities.MostGood + TpeDensities.MostOthers ? Latest : Latest.RemoveAt(0);
        return this with
        {
            Outcomes = Outcomes + 1,
            Latest = latest.Add(outcome),
            Best = observation.Value is null ? Best : ScoredTrial.Insert(Best, outcome, TpeDensities.MostGood),
        };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        var begun = Outcomes + request.Pending.Count;
        var opens = begun < Options.Design || Best.Length < 2 || request.Space.Dimensions == 0;
        return (opens ? Sobol.Propose((uint)begun, request).Proposal : Likely(request), this);
    }

    private Proposal? Likely(ProposalRequest request)
    {
        var good = Best.Take(Math.Min(TpeDensities.GoodOf(Outcomes), Best.Length)).Select(trial => (trial.Trial, trial.Position)).ToList();
        var names = good.Select(trial => trial.Trial).ToHashSet();
        var others = Latest.Where(trial => !names.Contains(trial.Trial)).Select(trial => trial.Position);
        return TpeDensities.Likely(Options, request, good, others) ?? Sobol.Propose(0, request).Proposal;
    }
}
