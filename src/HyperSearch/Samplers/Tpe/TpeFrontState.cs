using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Samplers.Tpe;

/// <summary>The state of <see cref="TpeSampler"/> where several metrics are traded off: the good trials are those of the first
/// fronts.</summary>
internal sealed record TpeFrontState(TpeSampler Options, SobolSequence Sobol) : ISamplerState
{
    /// <summary>Trials with all their values, the latest last; no more than two densities need.</summary>
    public ImmutableList<(int Trial, ImmutableArray<double> Position, ImmutableArray<double> Values)> Trials { get; init; } = [];

    /// <summary>How many outcomes there were.</summary>
    public int Outcomes { get; init; }

    public ISamplerState Observe(Observation observation)
    {
        var kept = Trials.Count < TpeDensities.MostGood + TpeDensities.MostOthers ? Trials : Trials.RemoveAt(Oldest());
        return this with
        {
            Outcomes = Outcomes + 1,
            Trials = kept.Add((observation.Trial, observation.Position, observation.Values)),
        };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        var begun = Outcomes + request.Pending.Count;
        var good = request.Space.Dimensions == 0 ? [] : Good();
        if (begun < Options.Design || good.Count < 2)
            return (Sobol.Propose((uint)begun, request).Proposal, this);
        var names = good.Select(trial => trial.Trial).ToHashSet();
        var others = Trials.Where(trial => !names.Contains(trial.Trial)).Select(trial => trial.Position);
        var proposal = TpeDensities.Likely(Options, request, good, others);
        return (proposal ?? Sobol.Propose(0, request).Proposal, this);
    }

    /// <summary>The first ⌈n/10⌉ by front; of the last front that has room those where it is thin.</summary>
    private List<(int Trial, ImmutableArray<double> Position)> Good()
    {
        var valued = Trials.Where(trial => !trial.Values.IsEmpty).ToList();
        var count = Math.Min(valued.Count, TpeDensities.GoodOf(Outcomes));
        return [.. Ordered(valued).Take(count).Select(trial => (trial.Trial, trial.Position))];
    }

    /// <summary>The oldest trial that is not among the best.</summary>
    private int Oldest()
    {
        var kept = Good().Select(trial => trial.Trial).ToHashSet();
        return Trials.FindIndex(trial => !kept.Contains(trial.Trial));
    }

    private static IEnumerable<(int Trial, ImmutableArray<double> Position, ImmutableArray<double> Values)> Ordered(
        List<(int Trial, ImmutableArray<double> Position, ImmutableArray<double> Values)> trials)
    {
        var fronts = Pareto.Fronts([.. trials.Select(trial => trial.Values)]);
        foreach (var front in trials.Zip(fronts).GroupBy(entry => entry.Second).OrderBy(front => front.Key))
        {
            var members = front.Select(entry => entry.First).ToList();
            var crowding = Pareto.Crowding([.. members.Select(member => member.Values)]);
            foreach (var (member, _) in members.Zip(crowding).OrderByDescending(entry => entry.Second).ThenBy(entry => entry.First.Trial))
                yield return member;
        }
    }
}
