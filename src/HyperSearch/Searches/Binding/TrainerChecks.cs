using HyperSearch.Objectives;
using HyperSearch.Searches.Yaml;
using HyperSearch.Training;

namespace HyperSearch.Searches.Binding;

/// <summary>Whether the built-in trainer knows the metric and the hyperparameters of a search.</summary>
internal static class TrainerChecks
{
    private static readonly string[] Metrics = ["dev_error", "dev_cost", "train_error", "train_cost"];
    private static readonly string[] RegressionMetrics = [.. Metrics, "dev_rmse", "dev_r2", "train_rmse", "train_r2"];

    /// <summary>Notes what the trainer does not know.</summary>
    public static void Check(MapNode root, TrainingDefinition training, Problems problems)
    {
        if (root["minimize"] is not null && root["maximize"] is not null)
            return;
        if ((root["minimize"] ?? root["maximize"]) is not ScalarNode metric || !problems.IsSound(metric))
            return;
        var known = training.Data.Task == "classification" ? Metrics : RegressionMetrics;
        if (!known.Contains(metric.Text))
            problems.Add(metric, $"the built-in trainer does not measure \"{metric.Text}\".{Nearest.Hint(metric.Text, known)} It measures {string.Join(", ", known)}.");
        else if (metric.Text.EndsWith("r2", StringComparison.Ordinal) != (root["maximize"] is not null))
            problems.Add(metric, $"{metric.Text} is better when {(root["maximize"] is null ? "larger: write maximize" : "smaller: write minimize")}.");
    }
}
