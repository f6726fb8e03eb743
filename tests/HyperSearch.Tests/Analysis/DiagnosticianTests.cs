using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

public sealed class DiagnosticianTests
{
    [Theory] // the course's table: human 0 %, or 15 %
    [InlineData(0.01, 0.11, 0, FitQuality.Variance)]
    [InlineData(0.15, 0.16, 0, FitQuality.Bias)]
    [InlineData(0.15, 0.30, 0, FitQuality.BiasAndVariance)]
    [InlineData(0.005, 0.01, 0, FitQuality.Good)]
    [InlineData(0.15, 0.16, 0.15, FitQuality.Variance)]
    [InlineData(0.15, 0.154, 0.15, FitQuality.Good)]
    public void Diagnose_JudgesAsTheCourseDoes(double train, double dev, double baseError, FitQuality fit) =>
        Assert.Equal(fit, Diagnostician.Diagnose(One(train, dev), baseError).Fit);

    [Fact]
    public void Diagnose_SplitsTheDevErrorIntoBiasAndVariance()
    {
        var diagnosis = Diagnostician.Diagnose(One(0.08, 0.10), 0.075);
        Assert.Equal(0.005, diagnosis.AvoidableBias!.Value, 12);
        Assert.Equal(0.02, diagnosis.Variance!.Value, 12);
        Assert.Equal(FitQuality.Variance, diagnosis.Fit);
    }

    [Fact]
    public void Diagnose_SaysWhenTheGapIsWithinTheNoiseOfTheDevSet()
    {
        var diagnosis = Diagnostician.Diagnose(One(0.015, 0.02), devRows: 360);
        var (low, high) = Uncertainty.Interval(0.02, 360);
        Assert.Equal((high - low) / 2 / 1.96, diagnosis.DevStandardError!.Value, 4);
        Assert.Contains("within the sampling noise of 360 dev rows", diagnosis.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("noise", Diagnostician.Diagnose(One(0.01, 0.11), devRows: 3600).Summary, StringComparison.Ordinal);
    }

    /// <summary>The pooled cost of folds of which each was ended by its own rows lies below the training cost on many small tables, and
    /// a variance of −0.0246 stood there without a word.</summary>
    [Fact]
    public void Diagnose_ExplainsAVarianceBelowNothing()
    {
        var snapshot = One(0.146, 0.121);
        Assert.Contains("no variance to mend: the dev rows fare better by chance", Diagnostician.Diagnose(snapshot).Summary,
            StringComparison.Ordinal);
        var patient = snapshot with
        {
            Trials = [.. snapshot.Trials.Select(trial => trial with { Point = new Point([.. trial.Point, new("patience", 10)]) })],
        };
        Assert.Contains("because each training was ended where they fared best (patience)", Diagnostician.Diagnose(patient).Summary,
            StringComparison.Ordinal);
        Assert.DoesNotContain("no variance", Diagnostician.Diagnose(One(0.02, 0.015), devRows: 360).Summary, StringComparison.Ordinal);
    }

    /// <summary>The standard error was 0 at no errors, so that any training error at all was high bias.</summary>
    [Fact]
    public void Diagnose_OfNoDevErrorAmongFewRowsFindsNoBias()
    {
        var diagnosis = Diagnostician.Diagnose(One(0.01, 0), devRows: 60);
        Assert.Equal(FitQuality.Good, diagnosis.Fit);
    }

    [Fact]
    public void Diagnose_AsksWhetherATrainingErrorIsBiasWhereNobodySaidWhatIsPossible()
    {
        Assert.Contains("Is a training error of 15.0 % more than the task allows?", Diagnostician.Diagnose(One(0.15, 0.16)).Summary,
            StringComparison.Ordinal);
        Assert.Contains(" High bias: ", Diagnostician.Diagnose(One(0.15, 0.16), 0.01).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnose_AdvisesNothingFromOneTrialOrAFewRows()
    {
        var alone = One(0.01, 0.3);
        alone = alone with { Trials = alone.Trials[..1] };
        Assert.Empty(Diagnostician.Diagnose(alone).Next);
        Assert.EndsWith("A single trial is no ground for advice: run more.", Diagnostician.Diagnose(alone).Summary,
            StringComparison.Ordinal);
        Assert.Empty(Diagnostician.Diagnose(One(0.01, 0.4), devRows: 36).Next);
        Assert.NotEmpty(Diagnostician.Diagnose(One(0.01, 0.4), devRows: 360).Next);
    }

    /// <summary>A network that never says the rare class was said to fit and to generalize.</summary>
    [Theory]
    [InlineData(0.5, 0.5, FitQuality.Bias)]
    [InlineData(0.02, 0.41, FitQuality.Variance)]
    public void Diagnose_SeesAClassThatTheErrorHides(double train, double dev, FitQuality fit)
    {
        var campaign = One(0.02, 0.022) with { DevRows = 4000 };
        var blind = Diagnostician.Diagnose(campaign with
        {
            Trials = [.. campaign.Trials.Select(trial => trial with
            {
                Metrics = trial.Metrics.Add("train_balanced_error", train).Add("dev_balanced_error", dev),
            })],
        });
        Assert.Equal(fit, blind.Fit);
        Assert.Contains("hides a rare class: with each class counted the same", blind.Summary, StringComparison.Ordinal);
        Assert.Contains("minimize: dev_balanced_error", Assert.Single(blind.Next).Lines);
        Assert.Equal(FitQuality.Good, Diagnostician.Diagnose(campaign, baseError: 0.02).Fit);
    }

    /// <summary>Early stopping had ended every trial, and the optimizer was fixed; both were advised as if not.</summary>
    [Fact]
    public void Diagnose_AdvisesNeitherMoreEpochsThanPatienceLeftNorASearchedOptimizer()
    {
        var campaign = One(0.15, 0.16);
        var ended = Diagnostician.Diagnose(campaign with
        {
            Trials = [.. campaign.Trials.Select(static trial => trial with { Epochs = 12 })],
        }).Next;
        Assert.DoesNotContain(ended, static advice => advice.Text == "Longer training.");
        Assert.DoesNotContain(ended, static advice => advice.Text == "Another optimizer."); // it is in the space
        var space = new Space([new Parameter("l2", new LogScale(1e-6, 1)), new Parameter("optimizer", new FixedScale("adam"))]);
        var other = Diagnostician.Diagnose(Synthetic.Of(space, campaign.Trials)).Next.Single(static advice =>
            advice.Text == "Another optimizer.");
        Assert.Equal(["optimizer: {choice: [momentum, rmsprop, adam]}"], other.Lines);
    }

    [Fact]
    public void Diagnose_TakesNoTrendFromChance()
    {
        var space = new Space([new Parameter("x", new UniformScale(0, 1))]);
        var trials = Synthetic.Uniform(space, 18, u => 0.1 + 0.05 * u[0]).Trials.Select(trial =>
            trial with { Metrics = Metric(("train_error", 0.01), ("dev_error", trial.Value!.Value)) });
        Assert.EndsWith("that may be chance, so it does not say whether more trials would help.",
            Diagnostician.Diagnose(Synthetic.Of(space, trials)).TrendSummary, StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnose_ReadsAccuraciesAsErrors()
    {
        var trial = One(0, 0).Trials[0] with { Value = 0.9, Metrics = Metric(("dev_accuracy", 0.9), ("train_accuracy", 0.99)) };
        var diagnosis = Diagnostician.Diagnose(Synthetic.Of(Synthetic.DigitsSpace, [trial], "dev_accuracy", maximize: true));
        Assert.Equal(0.1, diagnosis.DevError!.Value, 12);
        Assert.Equal(FitQuality.Variance, diagnosis.Fit);
    }

    [Fact]
    public void Diagnose_OfVarianceAdvisesDataRegularizationAndOfBiasABiggerNetwork()
    {
        Assert.Contains(Diagnostician.Diagnose(One(0.01, 0.11)).Next, advice =>
            advice.Lines.Any(line => line.StartsWith("l2: {log: [1e-5, 10]}", StringComparison.Ordinal)));
        var bias = Diagnostician.Diagnose(One(0.15, 0.16)).Next;
        Assert.Contains(bias, advice => advice.Lines.Contains("hidden_units: {log_int: [16, 1024]}"));
        Assert.Contains(bias, advice => advice.Lines.Contains("objective: {epochs: 60}"));
    }

    [Theory] // the best networks are small, large
    [InlineData(1, "A bigger network will hardly help: the best trials lie in the lower half of hidden_units.", "")]
    [InlineData(-1, "A bigger network.", "hidden_units: {log_int: [4, 256]}")]
    public void Diagnose_DoesNotAdviseWhatTheBestTrialsSpeakAgainst(int sign, string text, string lines)
    {
        var space = new Space([new Parameter("hidden_units", new LogIntScale(4, 64)), new Parameter("l2", new LogScale(1e-6, 1))]);
        var campaign = Synthetic.Uniform(space, 60, u => 0.3 + 0.1 * sign * u[0]);
        campaign = campaign with
        {
            Trials = [.. campaign.Trials.Select(trial =>
            trial with { Metrics = Metric(("train_error", trial.Value!.Value - 0.01), ("dev_error", trial.Value!.Value)) })]
        };
        var advice = Diagnostician.Diagnose(campaign).Next[0];
        Assert.Equal((text, lines), (advice.Text, string.Join(' ', advice.Lines)));
    }

    /// <summary>The best are linear: advice to widen hidden_units, which they do not have, was advice against the evidence.</summary>
    [Fact]
    public void Diagnose_DoesNotAdviseABiggerNetworkWhereTheBestHaveNoHiddenLayer()
    {
        var space = new Space(
        [
            new Parameter("hidden_layers", new IntScale(0, 2)),
            new Parameter("hidden_units", new LogIntScale(4, 64)) { When = [new Condition("hidden_layers", [1, 2])] },
        ]);
        var campaign = Synthetic.Uniform(space, 60, u => 0.3 + 0.1 * u[0]);
        campaign = campaign with
        {
            Trials = [.. campaign.Trials.Select(trial =>
                trial with { Metrics = Metric(("train_error", trial.Value!.Value - 0.01), ("dev_error", trial.Value!.Value)) })],
        };
        Assert.Equal("A bigger network will hardly help: the best trials lie in the lower half of hidden_layers.",
            Diagnostician.Diagnose(campaign).Next[0].Text);
    }

    [Fact]
    public void Diagnose_WithoutValuesOrPairsSaysSo()
    {
        Assert.Equal(FitQuality.Unknown, Diagnostician.Diagnose(Synthetic.Of(Synthetic.DigitsSpace, [])).Fit);
        var alone = One(0, 0).Trials[0] with { Metrics = Metric(("loss", 1)) };
        Assert.Contains("train_", Diagnostician.Diagnose(Synthetic.Of(Synthetic.DigitsSpace, [alone], "loss")).Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnose_SaysWhenTrialsAreTooFew()
    {
        Assert.NotNull(Diagnostician.Diagnose(Synthetic.Digits(10)).TooFew);
        Assert.Null(Diagnostician.Diagnose(Synthetic.Digits(100)).TooFew);
    }

    [Fact]
    public void Edges_PlantedAtAnEndAreFoundWithTheRangeThatWouldContainThem()
    {
        var space = new Space(
        [
            new Parameter("rate", new LogScale(1e-4, 1e-2)), new Parameter("beta", new OneMinusLogScale(0.9, 0.99)),
                new Parameter("units", new LogIntScale(16, 64)),
            new Parameter("inside", new UniformScale(0, 1)),
        ]);
        var snapshot = Synthetic.Uniform(space, 8000, u => 1 - u[0] + (1 - u[1]) + u[2] + 0.1 * Math.Pow(u[3] - 0.5, 2));
        var best = snapshot with { Trials = [.. Ranking.Rank(snapshot.Trials, false).Take(60).Select(entry => entry.Trial)] };
        var lines = Edges.Find(best).Select(finding => finding.Line);
        Assert.Equal(["rate: {log: [1e-4, 0.1]}", "beta: {one_minus_log: [0.9, 0.999]}", "units: {log_int: [4, 64]}"], lines);
    }

    [Fact]
    public void Edges_OfAnOptimumInsideAreNone()
    {
        var space = new Space([new Parameter("x", new LogScale(1e-4, 1)), new Parameter("y", new UniformScale(0, 1))]);
        Assert.Empty(Edges.Find(Synthetic.Uniform(space, 300, u => Math.Pow(u[0] - 0.5, 2) + Math.Pow(u[1] - 0.6, 2))));
    }

    [Fact]
    public void Edges_OfAShareAtOneHaveNothingBeyond()
    {
        var space = new Space([new Parameter("keep_prob", new UniformScale(0.5, 1))]);
        var finding = Assert.Single(Edges.Find(Synthetic.Uniform(space, 300, u => 1 - u[0])));
        Assert.Null(finding.Line);
    }

    [Fact]
    public void Diagnose_SaysToFixARangeThatNeverMatteredAndNoOther()
    {
        var space = new Space(Enumerable.Range(0, 3).Select(d => new Parameter($"x{d}", new UniformScale(0, 1))));
        var diagnosis = Diagnostician.Diagnose(Synthetic.Uniform(space, 200, u => Math.Abs(u[0] - 0.3) + 0.5 * u[2]));
        var idle = Assert.Single(diagnosis.Idle);
        Assert.Equal("x1", idle.Parameter);
        Assert.StartsWith("x1: 0.", idle.Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnose_MeasuresBiasFromTheBaseErrorOfTheSearchFile()
    {
        var campaign = One(0.08, 0.10);
        Assert.Equal(0.08, Diagnostician.Diagnose(campaign).AvoidableBias!.Value, 12);
        Assert.Equal(0.005,
            Diagnostician.Diagnose(campaign with { Search = campaign.Search with { BaseError = 0.075 } }).AvoidableBias!.Value,
            12);
    }

    [Fact]
    public void Diagnose_TellsEachTrialAndTheTrend()
    {
        var diagnosis = Diagnostician.Diagnose(Synthetic.Digits(90));
        Assert.Equal(diagnosis.Trials.Select(fit => fit.Trial).Order(), diagnosis.Trials.Select(fit => fit.Trial));
        Assert.True(diagnosis.Trend!.LastBias + diagnosis.Trend.LastVariance < diagnosis.Trend.FirstBias + diagnosis.Trend.FirstVariance);
        Assert.Contains("finds better trials", diagnosis.TrendSummary, StringComparison.Ordinal);
    }

    private static CampaignSnapshot One(double train, double dev) => Synthetic.Of(
        Synthetic.DigitsSpace,
        [Synthetic.Done(0, Synthetic.DigitsSpace.At([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.1, 0.5]),
            dev) with { Metrics = Metric(("train_error", train), ("dev_error", dev)) },
            Synthetic.Done(1, Synthetic.DigitsSpace.At([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.1, 0.5]),
                1) with { Metrics = Metric(("loss", 1)) }]);

    private static ImmutableSortedDictionary<string, double> Metric(params (string Name, double Value)[] metrics) =>
        metrics.ToImmutableSortedDictionary(metric => metric.Name, metric => metric.Value, StringComparer.Ordinal);
}
