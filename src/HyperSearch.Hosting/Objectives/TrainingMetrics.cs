using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Planning;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Scores;

namespace HyperSearch.Hosting.Objectives;

/// <summary>The metrics of the built-in trainer by the names that search files use; <see cref="Evaluation"/> defines them.</summary>
/// <remarks>
/// A metric is named <c>dev_…</c> of a trial, <c>train_…</c> on the rows that it learned from, <c>test_…</c> or <c>held_out_…</c> of the
/// model that is handed over. Of training rows only the figures are kept that tell bias from variance.
/// </remarks>
internal static class TrainingMetrics
{
    /// <summary>A class counts as rare below this share of the rows that it would have if all were equally frequent: 20 % of two
    /// classes.</summary>
    private const double RareShare = 0.4;

    private static readonly ImmutableArray<Figure> Figures =
    [
        new("error", static of => of.Error, Tasks.All, OnTraining: true, EachEpoch: true),
        new("cost", static of => of.Cost, Tasks.All, OnTraining: true, EachEpoch: true),
        new("accuracy", static of => of.Accuracy, Tasks.Classes),
        new("balanced_error", static of => of.BalancedError, Tasks.Classes, OnTraining: true),
        new("f1", static of => of.F1, Tasks.Classes, OnTraining: true),
        new("auc", static of => of.Auc, Tasks.TwoClasses),
        new("log_loss", static of => of.LogLoss, Tasks.Classes),
        new("rmse", static of => of.Rmse, Tasks.Numbers, OnTraining: true, EachEpoch: true),
        new("r2", static of => of.R2, Tasks.Numbers, OnTraining: true, EachEpoch: true),
        new("mae", static of => of.Mae, Tasks.Numbers, OnTraining: true),
    ];

    private enum Tasks
    {
        All,
        Classes,
        TwoClasses,
        Numbers,
    }

    /// <summary>A trial's metrics in ordinal order: <c>dev_…</c> and <c>train_…</c>.</summary>
    public static ImmutableArray<TrialFigure> OfTrial { get; } =
    [
        .. Figures.Select(static figure => new TrialFigure($"dev_{figure.Name}", figure.Of, IsDev: true))
            .Concat(Figures.Where(static figure => figure.OnTraining)
                .Select(static figure => new TrialFigure($"train_{figure.Name}", figure.Of, IsDev: false)))
            .OrderBy(static figure => figure.Name, StringComparer.Ordinal),
    ];

    /// <summary>Those that are measured after every epoch: cost and error, and what is searched by, on dev and on training rows. All are
    /// measured at a trial's end.</summary>
    /// <param name="metric">What is searched by.</param>
    public static ImmutableArray<TrialFigure> OfEpoch(string metric) =>
        [.. OfTrial.Where(figure => FigureOf(figure.Name) is { EachEpoch: true } || FigureOf(figure.Name) == FigureOf(metric))];

    /// <summary>What has to be measured after every epoch for a metric to be among them.</summary>
    public static MeasuredFigures NeededFor(string metric) =>
        FigureOf(metric) is null or { EachEpoch: true } or { Name: "accuracy" or "log_loss" } ? MeasuredFigures.Cheap : MeasuredFigures.All;

    /// <summary>The values of figures.</summary>
    public static SortedMetrics Of(ImmutableArray<TrialFigure> figures, Evaluation train, Evaluation dev)
    {
        var (entries, count) = (new KeyValuePair<string, double>[figures.Length], 0);
        foreach (var (name, of, isDev) in figures)
        {
            if (of(isDev ? dev : train) is { } value)
                entries[count++] = KeyValuePair.Create(name, value);
        }

        return new SortedMetrics(count == entries.Length ? entries : entries[..count]);
    }

    /// <summary>One part's, such as <c>test_error</c>.</summary>
    public static ImmutableSortedDictionary<string, double> Of(string part, Evaluation evaluation) => Of(part, evaluation, Figures);

    /// <summary>The standard errors of a part's figures, except of a share of rows, whose own value and number of rows tell it.</summary>
    public static ImmutableSortedDictionary<string, double> StandardErrors(string part, SamplingErrors errors) => Finite(
        ($"{part}_cost", errors.Cost), ($"{part}_rmse", errors.Rmse), ($"{part}_r2", errors.R2), ($"{part}_error", errors.R2));

    /// <summary>What each dev row adds to a metric; <c>null</c> where the metric is no mean over rows, such as an area under a
    /// curve.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="rows">How each row fares.</param>
    public static RowErrors? RowErrorsOf(string metric, LearningTask task, RowFigures rows) => (metric, task) switch
    {
        ("dev_cost", _) => RowErrors.OfLosses(rows.Costs),
        ("dev_log_loss", _) => RowErrors.OfLosses(rows.TaskCosts),
        ("dev_error" or "dev_rmse" or "dev_r2", LearningTask.Regression) => RowErrors.OfLosses(rows.TaskCosts),
        ("dev_mae", _) => RowErrors.OfLosses([.. rows.TaskCosts.Select(static half => MathF.Sqrt(2 * half))]),
        ("dev_error" or "dev_accuracy", _) => RowErrors.OfMistakes(rows.Mistakes),
        _ => null,
    };

    /// <summary>The figures of always answering a part's commonest class, or the mean of its targets.</summary>
    public static ImmutableSortedDictionary<string, double> Baseline(string part, SamplingErrors errors) => Finite(
        ($"{part}_error", errors.BaselineError), ($"{part}_rmse", errors.BaselineRmse),
        ($"{part}_r2", errors.BaselineRmse is null ? null : 0));

    /// <summary>The metrics of a trial.</summary>
    /// <param name="task">The learning task; null for the metrics of every task.</param>
    public static IEnumerable<string> Names(LearningTask? task) =>
        Figures.Where(figure => figure.IsOf(task)).Select(static figure => $"dev_{figure.Name}")
            .Concat(Figures.Where(figure => figure.OnTraining && figure.IsOf(task)).Select(static figure => $"train_{figure.Name}"));

    /// <summary>Refuses a search whose metric its data do not have, before a trial is run.</summary>
    /// <param name="search">The search.</param>
    /// <param name="data">Its data, or one of their folds.</param>
    /// <exception cref="DataException">The message says which metrics there are.</exception>
    public static void SearchLaw(Search search, Dataset data)
    {
        var known = Names(data.Task).ToArray();
        foreach (var goal in search.Goals)
        {
            if (Names(null).Contains(goal.Metric) && !known.Contains(goal.Metric))
                throw new DataException($"{goal}: {ReasonAgainst(goal.Metric, data)} There are {string.Join(", ", known)}.");
            if (goal.Metric == "dev_auc" && data.Dev.Labels.IndexOfAnyExcept(data.Dev.Labels[0]) < 0)
                throw new DataException($"{goal}: the dev rows are all of one class, so there is nothing to rank. Give them rows of both.");
        }
    }

    /// <summary>Advice about a metric that a user chose, one sentence each.</summary>
    /// <param name="search">The search.</param>
    /// <param name="data">Its data.</param>
    public static IEnumerable<string> Advice(Search search, DataSummary data)
    {
        var goals = search.Goals.Select(static goal => goal.Metric).ToArray();
        if (data.Task == LearningTask.Regression && goals.Contains("dev_error"))
        {
            yield return "dev_error of a regression is 1 − R², the share of the variance that stays unexplained: it has no unit and may "
                + "exceed 1. dev_rmse is in the label's own unit and ranks the trials alike.";
        }

        double rows = data.Classes.Sum(static entry => entry.Rows);
        if (HasRareClass(data.Classes) && goals.FirstOrDefault(static goal => goal is "dev_error" or "dev_accuracy") is { } blind)
        {
            var rarest = data.Classes.MinBy(static entry => entry.Rows)!;
            var commonest = data.Classes.MaxBy(static entry => entry.Rows)!;
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{blind} hardly sees the class \"{rarest.Name}\", {Percent(rarest.Rows)} of the rows: always answering "
                + $"\"{commonest.Name}\" has an error of {Percent(rows - commonest.Rows)}. minimize: dev_balanced_error counts each class "
                + $"the same; dev_f1 {(data.Classes.Count == 2 ? "and dev_auc see" : "sees")} it too. "
                + $"class_weights: {{choice: [none, balanced]}} in the space lets the networks learn it.");
        }

        foreach (var lone in LoneClasses(data))
            yield return lone;

        string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{100 * part / rows:0.##} %");
    }

    /// <summary>Classes of one row among folds: no network that is judged by the row can learn from another.</summary>
    /// <param name="data">The data.</param>
    public static IEnumerable<string> LoneClasses(DataSummary data)
    {
        string[] names = data.FoldCount == 0 ? [] : [.. data.Classes.Where(static entry => entry.Rows == 1).Select(static entry =>
            $"\"{entry.Name}\"")];
        return names.Length == 0 ? []
            : [$"{(names.Length == 1 ? $"the class {names[0]} has" : $"the classes {string.Join(", ", names)} have")} one row"
                + $"{(names.Length == 1 ? "" : " each")}: the networks that are asked about it never learned from another, so it always "
                + "counts as an error. Add rows, join the class with another, or remove the row."];
    }

    /// <summary>Whether one class is so rare that the share of rows misjudged hardly sees it.</summary>
    /// <param name="classes">The classes with their rows; empty for a regression.</param>
    public static bool HasRareClass(IReadOnlyList<ClassCount> classes) => classes.Count > 0
        && classes.Min(static entry => entry.Rows) < RareShare / classes.Count * classes.Sum(static entry => entry.Rows);

    private static string ReasonAgainst(string metric, Dataset data)
    {
        var label = $"the label \"{data.Schema.Label}\"";
        return data.Task switch
        {
            LearningTask.Regression => $"it is measured of classes, but {label} is a number to come close to. "
                + "For classes set `task: classification`.",
            LearningTask.MultiClass when metric.EndsWith("_auc", StringComparison.Ordinal) =>
                $"it ranks rows by the probability of one of two classes, but {label} has {data.Classes.Count} classes, and a mean over "
                + "classes would hide which one is ranked badly.",
            _ => $"it is measured of numbers, but {label} has {data.Classes.Count} classes. "
                + "For a number to come close to set `task: regression`.",
        };
    }

    private static ImmutableSortedDictionary<string, double> Of(string part, Evaluation evaluation, IEnumerable<Figure> figures)
    {
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var figure in figures)
        {
            if (figure.Of(evaluation) is { } value)
                metrics[$"{part}_{figure.Name}"] = value;
        }

        return metrics.ToImmutable();
    }

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

    private static Figure? FigureOf(string metric) => Figures.FirstOrDefault(figure => metric == $"dev_{figure.Name}"
        || (figure.OnTraining && metric == $"train_{figure.Name}"));

    private sealed record Figure(
        string Name, Func<Evaluation, double?> Of, Tasks Tasks, bool OnTraining = false, bool EachEpoch = false)
    {
        public bool IsOf(LearningTask? task) => task is null || Tasks switch
        {
            Tasks.All => true,
            Tasks.TwoClasses => task == LearningTask.Binary,
            Tasks.Classes => task != LearningTask.Regression,
            _ => task == LearningTask.Regression,
        };
    }
}

/// <summary>A metric of a trial.</summary>
/// <param name="Name">Its name, such as <c>dev_error</c>.</param>
/// <param name="Of">Reads it off an evaluation; <c>null</c> where the task does not have it.</param>
/// <param name="IsDev">Whether it is measured on dev rows; otherwise on training rows.</param>
internal sealed record TrialFigure(string Name, Func<Evaluation, double?> Of, bool IsDev);
