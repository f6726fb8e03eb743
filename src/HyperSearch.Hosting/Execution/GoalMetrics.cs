using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>Sees to it that an outcome has every metric that the search trades off.</summary>
internal static class GoalMetrics
{
    /// <summary>
    /// Adds the metrics that are known without the objective's report (seconds, epochs, and the trainer's parameters), and makes an outcome
    /// that still lacks a metric a diverged one.
    /// </summary>
    public static Outcome Complete(Outcome outcome, Search search, IObjective objective)
    {
        foreach (var goal in search.Further.IsEmpty || outcome.Value is null ? [] : search.Goals)
        {
            if (outcome.Metrics.ContainsKey(goal.Metric))
                continue;
            if (Known(goal.Metric, outcome, objective) is not { } value)
            {
                var reason = $"the objective reported no {goal.Metric}, which is traded off against {search.Metric}";
                return outcome with { State = OutcomeState.Diverged, Value = null, Reason = reason };
            }

            outcome = outcome with { Metrics = outcome.Metrics.SetItem(goal.Metric, value) };
        }

        return outcome;
    }

    private static double? Known(string metric, Outcome outcome, IObjective objective) => metric switch
    {
        Goal.Seconds => outcome.Seconds,
        Goal.Epochs => outcome.Epochs,
        Goal.Parameters => objective.ParametersOf(outcome.Point),
        _ => null,
    };
}
