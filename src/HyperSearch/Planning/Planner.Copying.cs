using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <content>Trials that go on from another one's checkpoint.</content>
public sealed partial class Planner
{
    /// <summary>The first job of a copy, whose original keeps its own plan.</summary>
    private (Job? Job, PlannerState State) Copy(PlannerState state, ScheduleDecision.Copy copy, IScheduleState schedule)
    {
        var next = state with { Schedule = schedule, Trials = state.Trials + 1, Plans = state.Plans.Remove(copy.Instead) };
        return Dispatch(next, CopyOf(state.Plans[copy.Parent], state.Trials, copy), copy.FromEpochs, copy.ToEpochs, copy: true);
    }

    private TrialPlan CopyOf(TrialPlan parent, int trial, ScheduleDecision.Copy copy)
    {
        var change = copy.Change with { Keep = KeptBy(search, copy.Change) };
        var (position, drawn) = change.Of(search.Space, parent.Position, RandomStream.For(search.Seed, (ulong)trial, "copy"));
        var point = new Point(search.Space.At(position.AsSpan()).Select(pair =>
            change.Keep.Contains(pair.Key) && parent.Point.TryGetValue(pair.Key, out var kept) ? new(pair.Key, kept) : pair));
        var origin = new Origin(OriginKind.Copy)
        {
            Around = [copy.Parent],
            Evidence = [copy.Instead],
            Rung = copy.FromEpochs,
            Decision = copy.Why,
            Note = drawn.IsEmpty ? null : $"drawn anew: {string.Join(", ", drawn)}",
        };
        return new TrialPlan(trial, position, point, origin)
        {
            Parent = copy.Parent,
            Past = parent.Past.Add(new Stretch(parent.Trial, parent.Point, copy.FromEpochs)),
        };
    }

    /// <summary>The parameters that a copy takes over: those that its schedule names, and those that its objective cannot change.</summary>
    internal static ImmutableArray<string> KeptBy(Search search, Perturbation change) =>
        [.. search.Space.Searched.Select(parameter => parameter.Name)
            .Where(name => change.Keep.Contains(name) || !search.Objective.MayChange(name))];

    /// <summary>Whether a trial is left beside those of configurations that wait to be started.</summary>
    private bool HasSpareTrial(PlannerState state)
    {
        var enqueued = EnqueuedPoints.Skip(state.PointsTakenUp)
            .Count(point => point.FromJob <= state.Jobs && point.FromOutcome <= state.Outcomes);
        return state.Trials + state.Again.Count() + enqueued < TrialsAt(state);
    }
}
