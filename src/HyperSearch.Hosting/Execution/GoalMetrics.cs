using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>Sees to it that an outcome has every metric that the search trades off.</summary>
internal static class GoalMetrics
{
    /// <summary>An outcome with the number of parameters, where the search trades it off and the objective knows it without a
    /// report.</summary>
    public static Outcome WithParameters(Outcome outcome, Search search, IObjective objective) =>
        outcome.Value is not null && search.Further.Length > 0 && search.Goals.Any(goal => goal.Metric == Goal.Parameters)
        && !outcome.Metrics.ContainsKey(Goal.Parameters) && objective.ParametersOf(outcome.Point) is { } parameters
        && double.IsFinite(parameters)
            ? outcome with { Metrics = outcome.Metrics.SetItem(Goal.Parameters, parameters) } : outcome;

    /// <summary>
    /// Adds the metrics that are known without the objective's report (seconds and epochs), and makes an outcome that still lacks a metric
    /// a diverged one.
    /// </summary>
    public static Outcome Complete(Outcome outcome, Search search)
    {
        foreach (var goal in search.Further.IsEmpty || outcome.Value is null ? [] : search.Goals)
        {
            if (outcome.Metrics.ContainsKey(goal.Metric))
                continue;
            if (Known(goal.Metric, outcome) is not { } value)
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

    private static double? Known(string metric, Outcome outcome) => metric switch
    {
        Goal.Seconds => outcome.Seconds,
        Goal.Epochs => outcome.Epochs,
        _ => null,
    };
}
