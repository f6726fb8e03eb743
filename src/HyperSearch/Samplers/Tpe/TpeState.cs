using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Samplers.Tpe;

/// <summary>The state of <see cref="TpeSampler"/>: the best trials and the latest.</summary>
internal sealed record TpeState(TpeSampler Options, SobolSequence Sobol) : ISamplerState
{
    private const int MostGood = 25, MostOthers = 256;
    private const double GoodShare = 0.1;

    public ImmutableArray<ScoredTrial> Best { get; init; } = [];

    public ImmutableList<ScoredTrial> Latest { get; init; } = [];

    /// <summary>How many outcomes there were.</summary>
    public int Outcomes { get; init; }

    public ISamplerState Observe(Observation observation)
    {
        var outcome = new ScoredTrial(observation.Trial, observation.Value ?? double.PositiveInfinity, observation.Position);
        var latest = Latest.Count < MostGood + MostOthers ? Latest : Latest.RemoveAt(0);
        return this with
        {
            Outcomes = Outcomes + 1,
            Latest = latest.Add(outcome),
            Best = observation.Value is null ? Best : ScoredTrial.Insert(Best, outcome, MostGood),
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
        var count = Math.Clamp((int)Math.Ceiling(GoodShare * Outcomes), 2, Best.Length);
        var good = Best.Take(count).ToList();
        var names = good.Select(trial => trial.Trial).ToHashSet();
        var others = Latest.Where(trial => !names.Contains(trial.Trial)).Select(trial => trial.Position)
            .Concat(request.Pending.Values.Select(pending => pending.Position)).TakeLast(MostOthers);
        var likely = new ParzenDensity(request.Space, [.. good.Select(trial => trial.Position)]);
        var unlikely = new ParzenDensity(request.Space, [.. others]);
        var best = (Position: default(ImmutableArray<double>), Ratio: double.NegativeInfinity);
        var candidate = new double[request.Space.Dimensions];
        for (var i = 0; i < Options.Candidates; i++)
        {
            likely.Draw(candidate, request.Random);
            if (request.Explored.Accept(candidate) is not { IsDefault: false } position)
                continue;
            var ratio = likely.Log(position) - unlikely.Log(position);
            if (ratio > best.Ratio)
                best = (position, ratio);
        }

        return best.Position.IsDefault ? Sobol.Propose(0, request).Proposal
            : new Proposal(best.Position, new Origin(OriginKind.Model) { Around = [.. names.Order()], Width = likely.Bandwidth });
    }
}
