using System.Collections.Immutable;
using HyperSearch.Training;
using HyperSearch.Training.Scores;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>The metrics of the built-in trainer by the names that search files use.</summary>
internal static class TrainingMetrics
{
    /// <summary>An epoch's: <c>train_…</c> and <c>dev_…</c>.</summary>
    public static ImmutableSortedDictionary<string, double> Of(Evaluation train, Evaluation dev) =>
        Of("train", train).AddRange(Of("dev", dev));

    /// <summary>One part's: <c>…_cost</c> and <c>…_error</c>, and for regression <c>…_rmse</c> and <c>…_r2</c>.</summary>
    public static ImmutableSortedDictionary<string, double> Of(string part, Evaluation evaluation)
    {
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        metrics[$"{part}_cost"] = evaluation.Cost;
        metrics[$"{part}_error"] = evaluation.Error;
        if (evaluation.Rmse is { } rmse)
            metrics[$"{part}_rmse"] = rmse;
        if (evaluation.R2 is { } r2)
            metrics[$"{part}_r2"] = r2;
        return metrics.ToImmutable();
    }

    /// <summary>The standard errors of a part's figures, except of a share of rows, whose own value and number of rows tell it.</summary>
    public static ImmutableSortedDictionary<string, double> StandardErrors(string part, SamplingErrors errors) => Finite(
        ($"{part}_cost", errors.Cost), ($"{part}_rmse", errors.Rmse), ($"{part}_r2", errors.R2), ($"{part}_error", errors.R2));

    /// <summary>What always answering a part's commonest class, or the mean of its targets, gives.</summary>
    public static ImmutableSortedDictionary<string, double> Baseline(string part, SamplingErrors errors) => Finite(
        ($"{part}_error", errors.BaselineError), ($"{part}_rmse", errors.BaselineRmse), ($"{part}_r2", errors.BaselineRmse is null ? null : 0));

    private static ImmutableSortedDictionary<string, double> Finite(params ReadOnlySpan<(string Name, double? Value)> figures)
    {
        var finite = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in figures)
        {
            if (value is { } known && double.IsFinite(known))
                finite[name] = known;
        }

        return finite.ToImmutable();
    }
}
