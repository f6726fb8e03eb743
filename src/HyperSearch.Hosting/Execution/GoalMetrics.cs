using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
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
                if (search.Objective is CommandDefinition && !outcome.Curve.Columns.ContainsKey(goal.Metric))
                {
                    var missing = MissingMetric.ExplainFurther(goal.Metric, search.Metric, [.. outcome.Metrics.Keys]);
                    return outcome with { State = OutcomeState.Failed, Value = null, Reason = missing };
                }

                var reason = $"the objective reported no {goal.Metric}, which is traded off against {search.Metric}";
                return outcome with { State = OutcomeState.Diverged, Value = null, Reason = reason };
            }

            outcome = outcome with { Metrics = outcome.Metrics.SetItem(goal.Metric, value) };
        }

        return outcome;
    }

    /// <summary>Why a trial of a command would fail that measured these metrics; <c>null</c> when it has every one that is traded
    /// off.</summary>
    public static string? WhatIsMissing(Search search, IReadOnlyDictionary<string, double> measured)
    {
        var missing = search.Further.FirstOrDefault(goal =>
            goal.Metric is not (Goal.Seconds or Goal.Epochs) && !measured.ContainsKey(goal.Metric));
        return missing is null ? null : MissingMetric.ExplainFurther(missing.Metric, search.Metric, [.. measured.Keys]);
    }

    private static double? Known(string metric, Outcome outcome, IObjective objective) => metric switch
    {
        Goal.Seconds => outcome.Seconds,
        Goal.Epochs => outcome.Epochs,
        Goal.Parameters => objective.ParametersOf(outcome.Point),
        _ => null,
    };
}
