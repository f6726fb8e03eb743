using System.Text.Json;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Tests.Objectives;

public sealed class TrainingMetricsTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("moons", "minimize: dev_rmse", "it is measured of numbers")]
    [InlineData("moons", "minimize: dev_mae", "has 2 classes")]
    [InlineData("spirals", "maximize: dev_auc", "has 3 classes")]
    [InlineData("spirals", "maximize: train_r2",
        "There are dev_error, dev_cost, dev_accuracy, dev_balanced_error, dev_f1, dev_log_loss, train_error")]
    public void Create_RefusesAMetricThatTheDataDoNotHave(string kind, string goal, string reason)
    {
        var refusal = Assert.Throws<DataException>(() => ObjectiveFactory.Create(SearchOf(kind, goal), TimeProvider.System));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith(goal.Replace(":", "", StringComparison.Ordinal) + ":", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => ObjectiveFactory.Create(SearchOf(kind, goal, "folds: 3, "), TimeProvider.System));
    }

    [Theory]
    [InlineData("minimize: dev_balanced_error")]
    [InlineData("maximize: dev_f1")]
    [InlineData("maximize: dev_auc")]
    [InlineData("minimize: dev_log_loss")]
    [InlineData("maximize: dev_accuracy")]
    public async Task RunAsync_JudgesTrialsByEveryMetricOfTwoClasses(string goal)
    {
        var search = SearchOf("moons", goal);
        var folder = Session.Create(_scratch.Results, search, "chosen");
        var objective = ObjectiveFactory.Create(search, TimeProvider.System);
        await Session.RunAsync(folder, search, objective, workers: 1, stop: TestContext.Current.CancellationToken);
        var result = Campaign.Open(folder).ReadOutcomes().ToArray();
        Assert.Equal(4, result.Length);
        Assert.All(result, trial => Assert.Equal(OutcomeState.Completed, trial.State));
        Assert.All(result, trial => Assert.Equal(trial.Value, trial.Metrics[search.Metric]));
        var names = TrainingMetrics.Names(LearningTask.Binary).ToHashSet();
        Assert.All(result, trial => Assert.Superset(names, trial.Metrics.Keys.ToHashSet()));
        Assert.All(result, trial => Assert.Equal(trial.Value, trial.Curve.Column(search.Metric)[^1]));
        Assert.All(result, trial => Assert.Equal(trial.Epochs, trial.Curve.Column(search.Metric).Count(double.IsFinite)));
    }

    [Theory]
    [InlineData("maximize: dev_error", "write minimize")]
    [InlineData("minimize: dev_auc", "write maximize")]
    [InlineData("minimize: dev_f1", "write maximize")]
    [InlineData("minimize: dev_fl", "Did you mean \"dev_f1\"?")]
    public void Parse_RefusesTheWrongDirection(string goal, string wayOut)
    {
        var refusal = Assert.Throws<SearchFileException>(() => SearchOf("moons", goal));
        Assert.Contains(wayOut, Assert.Single(refusal.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 90, true)]
    [InlineData(19, 81, true)]
    [InlineData(20, 80, false)]
    public void Advice_NamesABetterMetricWhereAClassIsRare(int rare, int common, bool advised)
    {
        var data = Summary(LearningTask.Binary, rare, common);
        var advice = TrainingMetrics.Advice(SearchOf("moons", "minimize: dev_error"), data);
        Assert.Equal(advised, advice.Any());
        Assert.All(advice, static sentence => Assert.Contains("dev_balanced_error", sentence, StringComparison.Ordinal));
        Assert.Empty(TrainingMetrics.Advice(SearchOf("moons", "minimize: dev_balanced_error"), data));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Advice_NamesAClassOfOneRowAmongFolds(int rows, bool advised)
    {
        var data = Summary(LearningTask.Binary, rows, 90);
        var search = SearchOf("moons", "minimize: dev_cost");
        Assert.Equal(advised, TrainingMetrics.Advice(search, data.InFolds(5)).Any(static sentence =>
            sentence.Contains("never learned from another", StringComparison.Ordinal)));
        Assert.Empty(TrainingMetrics.Advice(search, data));
    }

    [Fact]
    public void Advice_SaysWhatTheErrorOfARegressionIs()
    {
        var data = Summary(LearningTask.Regression);
        var advice = Assert.Single(TrainingMetrics.Advice(SearchOf("moons", "minimize: dev_error"), data));
        Assert.Contains("1 − R²", advice, StringComparison.Ordinal);
        Assert.Empty(TrainingMetrics.Advice(SearchOf("moons", "minimize: dev_rmse"), data));
    }

    [Fact]
    public void Names_HaveEveryFigureOfAnEvaluation() => Assert.Equal(
        typeof(Evaluation).GetProperties().Select(static figure => figure.Name).Where(static name => name != nameof(Evaluation.Rows))
            .Select(static name => $"dev_{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}").Order(),
        TrainingMetrics.Names(null).Where(static name => name.StartsWith("dev_", StringComparison.Ordinal)).Order());

    [Fact]
    public void Names_SayWhichWayIsBetter()
    {
        Assert.All(TrainingMetrics.Names(null), static name =>
        {
            var figure = name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..];
            Assert.Equal(figure is "accuracy" or "f1" or "auc" or "r2", Metrics.MoreIsBetter(name));
        });
        Assert.True(Metrics.IsShare("dev_balanced_error"));
    }

    private static DataSummary Summary(LearningTask task, params int[] rows) => new(
        task, "y", rows.Sum(), 0, 0, [.. rows.Select(static (count, c) => new ClassCount(FormattableString.Invariant($"{c}"), count))],
        1, 0, 1, null, ReadingReport.Empty);

    private static Search SearchOf(string kind, string goal, string folds = "") => SearchFile.Parse($$$"""
        name: made
        objective: {train: {data: {generate: {kind: {{{kind}}}, rows: 120, noise: 0.3}}, {{{folds}}}epochs: 3}}
        {{{goal}}}
        space: {learning_rate: {log: [1e-2, 1]}, hidden_units: 4}
        method: {sampler: random, trials: 4}
        """, "made.yaml", ".");
}
