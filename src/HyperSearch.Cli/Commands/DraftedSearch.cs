using System.Globalization;
using System.Numerics;
using System.Text;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Spaces;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Cli.Commands;

/// <summary>A search file for data that were looked at: task, metric and ranges that go with them.</summary>
internal static class DraftedSearch
{
    /// <summary>Up to here five networks a trial cost little, and a dev set would be small.</summary>
    private const int MostRowsInFolds = 5000;

    /// <summary>The data as the file deals them: small tables into folds.</summary>
    public static DataSummary Dealt(DataSummary data) => data.TrainRows + data.DevRows + data.TestRows <= MostRowsInFolds
        ? data.InFolds(DatasetLoader.DefaultFolds)
        : data;

    /// <summary>The text of the file.</summary>
    /// <param name="name">The search's name.</param>
    /// <param name="path">The data as the file names them.</param>
    /// <param name="source">How to read the data.</param>
    /// <param name="data">Their summary, <see cref="Dealt"/>.</param>
    public static string Text(string name, string path, DataSource source, DataSummary data)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');
        var isRegression = data.Task == LearningTask.Regression;
        var hasRareClass = TrainingMetrics.HasRareClass(data.Classes);
        var inFolds = data.FoldCount > 0;
        Line($"# A search of a neural network for {path}.");
        foreach (var line in data.Lines.Where(static line => !line.StartsWith("left out", StringComparison.Ordinal)))
            Line($"#   {line.ReplaceLineEndings(" ")}");
        Line($"#   hypersearch check {name}.yaml     says whether everything fits");
        Line($"#   hypersearch run {name}.yaml       runs it");
        Line("");
        Line($"name: {name}");
        Line("");
        Line("objective:");
        Line("  train:");
        Line($"    data: {Quoted(path)}");
        if (source.Label is { } label)
            Line($"    label: {Quoted(label)}");
        Line($"    task: {(isRegression ? "regression                # the label is a number to come close to" : "classification")}");
        if (source.Header == false)
            Line("    header: false                     # the columns are x0, x1, …");
        if (source.Missing != "refuse")
            Line($"    missing: {source.Missing}                     # of the training rows; categories take the most frequent one");
        if (source.Ignore.Count > 0)
        {
            Line("    ignore:");
            foreach (var column in source.Ignore)
                Line($"      - {Quoted(column)}   # " +
                    $"{data.Reading.LeftOut.First(left => left.Name == column).Reason.ReplaceLineEndings(" ")}");
        }

        if (inFolds)
        {
            Line($"    folds: {DatasetLoader.DefaultFolds}                          # each row is judged by a network that never saw it; " +
                "the ensemble of the best is handed over");
            Line("    epochs: 300                       # at most; patience below stops a network that no longer improves");
        }
        else
        {
            Line("    epochs: 60                        # at most, for the best third of the best third; patience below stops earlier");
        }

        Line("");
        Line(isRegression ? "minimize: dev_rmse                    # the root of the mean squared error, in the label's unit"
            : inFolds ? "minimize: dev_cost                    # log loss: finer than dev_error, which moves in steps of a row"
            : hasRareClass ? "minimize: dev_balanced_error          # each class counts the same, however rare; also dev_f1, dev_auc"
            : "minimize: dev_error                   # the share of dev rows that are labelled wrongly");
        Line("");
        Line("space:");
        Line("  learning_rate: {log: [1e-3, 1e-1]}  # orders of magnitude, so a log scale");
        Line($"  hidden_layers: {{int: [1, {(inFolds ? 2 : 3)}]}}");
        Line($"  hidden_units: {{log_int: {(data.Image is not null ? "[32, 512]" : "[16, 256]")}}}");
        Line($"  batch_size: {{power_of_two: {(inFolds ? "[16, 64]" : Batches(data.TrainRows))}}}");
        Line("  l2: {log: [1e-3, 10]}               # weight decay");
        Line("  keep_prob: {uniform: [0.5, 1]}      # dropout; 1 is none");
        Line("  activation: {choice: [relu, tanh]}");
        Line("  optimizer: adam                     # a bare value is fixed");
        if (hasRareClass && !inFolds)
            Line("  class_weights: {choice: [none, balanced]}   # balanced: a rare class weighs as much as a common one");
        Line($"  patience: {(inFolds ? "40" : "10")}                        # epochs without a lower dev cost before a " +
            "network ends with its best weights");
        Line("");
        Line("method:");
        Line("  sampler: coarse_to_fine             # at random on the right scales, then closer and closer around what works");
        Line("  trials: 100");
        Line("  seed: 1                             # the same seed gives the same trials, bit for bit");
        Line("  slots: auto                         # trials under way at a time, by this machine's workers; a number holds anywhere");
        Line("");
        if (!inFolds)
        {
            Line("schedule: {asha: {min_epochs: 6, factor: 3}}   # train all a little, the better third on, and so on");
            Line("confirm: {top: 5, repeats: 3}         # the best five once more on fresh seeds: the luckiest of many is not the best");
            Line("");
        }

        Line("limits: {trial_timeout: 10m, retries: 2}");
        return text.ToString();
    }

    /// <summary>
    /// From a thirty-second to a quarter of the training rows, so that an epoch has between 4 and 32 steps or more; 512 at most.
    /// </summary>
    private static string Batches(int rows)
    {
        var quarter = Math.Max(rows / 4, 1);
        var most = Math.Clamp(1 << BitOperations.Log2((uint)quarter), 8, 512);
        return string.Create(CultureInfo.InvariantCulture, $"[{Math.Max(most / 16, 4)}, {most}]");
    }

    private static string Quoted(string text) => SpaceText.Quoted(text);
}
