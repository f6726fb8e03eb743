using System.Collections.Immutable;
using HyperSearch.Training;

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
}
