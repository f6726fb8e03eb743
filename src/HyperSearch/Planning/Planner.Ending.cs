using HyperSearch.Numerics;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Planning;

/// <content>What ends a search.</content>
public sealed partial class Planner
{
    private bool HasFailedTooOften(PlannerState state) =>
        search.Limits.StopAfterFailures > 0 && state.FailuresInARow >= search.Limits.StopAfterFailures;

    /// <summary>Whether no trial ever said what is to be minimized or maximized, as when the search names another metric than the
    /// command.</summary>
    private bool NeverHadMetric(PlannerState state) =>
        search.Limits.StopAfterFailures > 0 && double.IsPositiveInfinity(state.Best)
        && state.WithoutMetric >= FirstWithoutMetric && state.WithoutMetric == state.FailuresInARow;

    private string Exhaustion(PlannerState state) => state.Exhausted
        ? search.Sampler is GridSampler grid && !grid.IsWhole(search.Space)
            ? $"{EndingPhrases.Everything}grid was tried after {Counted.Of(state.Trials, "trial")}, not every point of the space"
            : $"{EndingPhrases.Everything}space was tried after {Counted.Of(state.Trials, "trial")}"
        : state.Trials == 1 ? "the one trial is done" : $"all {state.Trials} trials are done";

    private string? EndingOf(PlannerState state, Outcome outcome)
    {
        var limits = search.Limits;
        if (NeverHadMetric(state))
        {
            return $"{outcome.Reason!.Split('\n')[0]} {Counted.Of(state.WithoutMetric, "trial")} in a row ended so, and none otherwise "
                + EndingPhrases.FailureLimit;
        }

        if (HasFailedTooOften(state))
            return $"{Counted.Of(state.FailuresInARow, "job")} in a row failed {EndingPhrases.FailureLimit}";
        if (limits.Target is { } target && state.Best <= target * _sign)
            return FormattableString.Invariant($"the target {search.Metric} {target} was reached");
        if (limits.Patience is { } patience && state.SinceBest >= patience)
            return $"{Counted.Of(state.SinceBest, "trial")} in a row brought no new best (limits.patience)";
        if (limits.Epochs is { } epochs && state.EpochsTrained >= epochs)
            return $"{Counted.Of(state.EpochsTrained, "epoch")} {(state.EpochsTrained == 1 ? "was" : "were")} trained (limits.epochs)";
        return null;
    }
}
