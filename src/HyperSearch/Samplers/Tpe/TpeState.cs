using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Tpe;

/// <summary>What <see cref="TpeSampler"/> knows: the best trials, the latest, and what is pending.</summary>
internal sealed record TpeState(TpeSampler Options, Explored Explored, SobolSequence Sobol) : ISamplerState
{
    private const int MostGood = 25, MostOthers = 256;
    private const double GoodShare = 0.1;

    public ImmutableArray<ScoredTrial> Best { get; init; } = [];

    public ImmutableList<ScoredTrial> Latest { get; init; } = [];

    public ImmutableSortedDictionary<int, ImmutableArray<double>> Pending { get; init; } = ImmutableSortedDictionary<int, ImmutableArray<double>>.Empty;

    /// <summary>How many outcomes there were.</summary>
    public int Outcomes { get; init; }

    public ISamplerState Observe(Observation observation)
    {
        var outcome = new ScoredTrial(observation.Trial, observation.Value ?? double.PositiveInfinity, observation.Position);
        var latest = Latest.Count < MostGood + MostOthers ? Latest : Latest.RemoveAt(0);
        return this with
        {
            Explored = Explored.With(observation.Position.AsSpan()),
            Pending = Pending.Remove(observation.Trial),
            Outcomes = Outcomes + 1,
            Latest = latest.Add(outcome),
            Best = observation.Value is null ? Best : ScoredTrial.Insert(Best, outcome, MostGood),
        };
    }

    public ISamplerState Withdraw(int trial) => this with { Pending = Pending.Remove(trial) };

    public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random)
    {
        var proposal = Outcomes + Pending.Count < Options.Design || Best.Length < 2 || Explored.Space.Dimensions == 0 ? Global((uint)(Outcomes + Pending.Count), random) : Likely(random);
        return proposal is null ? (null, this)
            : (proposal, this with { Explored = Explored.With(proposal.Position.AsSpan()), Pending = Pending.SetItem(trial, proposal.Position) });
    }

    private Proposal? Global(uint index, RandomStream random)
    {
        var (position, _) = Explored.Draw(random, candidate => Sobol.At(index++, candidate));
        return position.IsDefault ? null : new Proposal(position, new Origin(OriginKind.Global));
    }

    private Proposal? Likely(RandomStream random)
    {
        var count = Math.Clamp((int)Math.Ceiling(GoodShare * Outcomes), 2, Best.Length);
        var good = Best.Take(count).ToList();
        var names = good.Select(trial => trial.Trial).ToHashSet();
        var others = Latest.Where(trial => !names.Contains(trial.Trial)).Select(trial => trial.Position).Concat(Pending.Values).TakeLast(MostOthers);
        var likely = new ParzenDensity(Explored.Space, [.. good.Select(trial => trial.Position)]);
        var unlikely = new ParzenDensity(Explored.Space, [.. others]);
        var best = (Position: default(ImmutableArray<double>), Ratio: double.NegativeInfinity);
        var candidate = new double[Explored.Space.Dimensions];
        for (var i = 0; i < Options.Candidates; i++)
        {
            likely.Draw(candidate, random);
            if (Explored.Accept(candidate) is not { IsDefault: false } position)
                continue;
            var ratio = likely.Log(position) - unlikely.Log(position);
            if (ratio > best.Ratio)
                best = (position, ratio);
        }

        return best.Position.IsDefault ? Global(0, random)
            : new Proposal(best.Position, new Origin(OriginKind.Model) { Around = [.. names.Order()], Width = likely.Bandwidth });
    }
}
