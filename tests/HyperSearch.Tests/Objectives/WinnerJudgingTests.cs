using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Models;
using static HyperSearch.Tests.Objectives.TrainingObjectiveTests;

namespace HyperSearch.Tests.Objectives;

/// <summary>What is trained, measured and handed over once the winner stands.</summary>
public sealed class WinnerJudgingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hypersearch-").FullName;
    private readonly TrainingObjective _objective = OnMoons();

    public void Dispose()
    {
        _objective.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Judge_TrainsOnTrainingAndDevRowsAndMeasuresOnTheTestRows()
    {
        var model = Path.Combine(_folder, "model.bin");
        var verdict = _objective.Judge([Winner(Epochs)], To(model), TestContext.Current.CancellationToken);
        Assert.Equal((60, 240, Epochs), (verdict!.TestRows, verdict.TrainRows, verdict.Epochs));
        Assert.InRange(verdict.TestMetrics["test_error"], 0, 0.3);
        Assert.Equal(verdict.TestMetrics["test_error"], Model.Load(model).Confusion!.Error, 1e-9);
        Assert.NotEqual(_objective.Data.Normalization.Means, Model.Load(model).Schema.Normalization.Means);
    }

    /// <summary>Where e of n rows carry the whole mean cost m, its standard error is m·√((n/e − 1)/n) at least.</summary>
    [Fact]
    public void Judge_TellsTheSpreadOfACostThatProbabilitiesRoundOff()
    {
        var certain = new Point([new("learning_rate", 1), new("hidden_units", 173), new("hidden_layers", 2), new("optimizer", "rmsprop")]);
        var verdict = _objective.Judge([Winner(Epochs) with { Point = certain }], To(Path.Combine(_folder, "model.bin")),
            TestContext.Current.CancellationToken)!;
        var (cost, wrong) = (verdict.TestMetrics["test_cost"], verdict.TestMetrics["test_error"] * verdict.TestRows);
        Assert.True(cost * verdict.TestRows / wrong > 60, $"probabilities tell a cost of {cost} with {wrong} rows wrong");
        Assert.True(verdict.StandardErrors!["test_cost"] > 0.9 * cost * Math.Sqrt((verdict.TestRows / wrong - 1) / verdict.TestRows));
    }

    [Fact]
    public void Judge_TrainsAWinnerOfEarlyStoppingToItsBestEpoch()
    {
        var winner = Winner(9, patience: 4);
        var verdict = _objective.Judge([winner], To(Path.Combine(_folder, "model.bin")), TestContext.Current.CancellationToken);
        Assert.Equal(5, verdict!.Epochs);
        Assert.Equal(Epochs,
            _objective.Judge([Winner(Epochs, patience: 1)], To(Path.Combine(_folder, "model.bin")),
                TestContext.Current.CancellationToken)!.Epochs);
    }

    [Fact]
    public void Judge_InterruptedGoesOnAndGivesTheSameModel()
    {
        var (straight, resumed, checkpoints) =
            (Path.Combine(_folder, "straight.bin"), Path.Combine(_folder, "resumed.bin"), Path.Combine(_folder, "last"));
        _objective.Judge([Winner(Epochs)], new Judging(7, straight, checkpoints), TestContext.Current.CancellationToken);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            _objective.Judge([Winner(Epochs)], new Judging(7, resumed, checkpoints), new CancellationToken(canceled: true)));
        Assert.True(File.Exists(Path.Combine(checkpoints, "trainer.bin")));
        _objective.Judge([Winner(Epochs)], new Judging(7, resumed, checkpoints), TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(straight), File.ReadAllBytes(resumed));
        Assert.False(Directory.Exists(checkpoints));
    }

    [Theory]
    [InlineData(RefitRows.TrainDev)]
    [InlineData(RefitRows.None)]
    public void Judge_AfterTheCampaignsFolderWasMovedMakesNoOther(RefitRows rows)
    {
        var gone = Path.Combine(_folder, "gone");
        using var objective = new TrainingObjective(_objective.Data, Epochs, TimeProvider.System) { Refit = rows, CampaignSeed = 1 };
        var refusal = Assert.Throws<StoreException>(() => objective.Judge([Winner(Epochs)],
            new Judging(7, Path.Combine(gone, "model.bin"), Path.Combine(gone, "checkpoints", "000000-last")),
            new CancellationToken(canceled: true)));
        Assert.Contains("was removed or moved while the campaign ran", refusal.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(gone));
    }

    /// <summary>The rows of a refit are injected, and no network can stay finite on them.</summary>
    [Fact]
    public void Judge_DoesNotHandOverARefitThatDiverges()
    {
        var wild = new DataSource { Folder = _folder, Path = "wild.csv", Label = "class", Split = [0.6, 0.2, 0.2], Normalize = "none" };
        File.WriteAllLines(Path.Combine(_folder, "wild.csv"),
            Enumerable.Range(0, 300).Select(row => $"{(row % 2 == 0 ? "" : "-")}1e37,{row % 7}e30,{row % 3 % 2}").Prepend("x,y,class"));
        using var objective = With(() => DatasetLoader.LoadJoined(wild, 1));
        var (verdict, model) = Judge(objective, Trained(out var metrics));
        Assert.Contains("a refit on 240 rows diverged: the cost of epoch", verdict.WhyNotRefitted, StringComparison.Ordinal);
        RequireTheTrialsOwn(verdict, model, metrics);
    }

    /// <summary>The rows of a refit are injected, with labels that nobody can learn.</summary>
    [Fact]
    public void Judge_DoesNotHandOverARefitThatFitsWorse()
    {
        var blurred = Moons(5);
        using var objective = With(() => DatasetLoader.LoadJoined(blurred, 1));
        var (verdict, model) = Judge(objective, Trained(out var metrics));
        Assert.Contains("a refit on more rows fitted them worse: its training cost is", verdict.WhyNotRefitted, StringComparison.Ordinal);
        RequireTheTrialsOwn(verdict, model, metrics);
    }

    [Fact]
    public void Judge_WithoutARefitHandsTheTrialsOwnNetworkOver()
    {
        using var objective = With(() => throw new InvalidOperationException("Nobody may ask for more rows."), RefitRows.None);
        var (verdict, model) = Judge(objective, Trained(out var metrics));
        Assert.Equal("the search file says refit: none", verdict.WhyNotRefitted);
        RequireTheTrialsOwn(verdict, model, metrics);
    }

    [Fact]
    public void Judge_MayHandOverANetworkOfAllRowsWhileTheFigureStays()
    {
        var source = Moons(0.2);
        var winner = Trained(out _);
        using var usual = With(() => DatasetLoader.LoadJoined(source, 1));
        using var whole = With(() => DatasetLoader.LoadJoined(source, 1), RefitRows.All, () => DatasetLoader.LoadWhole(source, 1));
        var ((figure, judged), (verdict, handedOver)) = (Judge(usual, winner), Judge(whole, winner));
        Assert.Equal(figure.TestMetrics, verdict.TestMetrics);
        Assert.Equal((240, 300, null, null), (verdict.TrainRows, verdict.AllRows, verdict.WhyNotRefitted, figure.AllRows));
        Assert.Equal(judged.Confusion!.Counts, handedOver.Confusion!.Counts);
        Assert.NotEqual(judged.Schema.Normalization.Means, handedOver.Schema.Normalization.Means);
    }

    [Fact]
    public void Judge_OfAllRowsKeepsTheJudgedNetworkWhenTheLastOneFitsWorse()
    {
        var (source, blurred) = (Moons(0.2), Moons(5));
        using var whole = With(() => DatasetLoader.LoadJoined(source, 1), RefitRows.All, () => DatasetLoader.LoadWhole(blurred, 1));
        using var usual = With(() => DatasetLoader.LoadJoined(source, 1));
        var winner = Trained(out _);
        var ((_, judged), (verdict, handedOver)) = (Judge(usual, winner), Judge(whole, winner));
        Assert.Contains("fitted them worse", verdict.WhyNotRefitted, StringComparison.Ordinal);
        Assert.Equal((240, null), (verdict.TrainRows, verdict.AllRows));
        Assert.Equal(judged.Predict([0.3f, 0.4f]), handedOver.Predict([0.3f, 0.4f]));
    }

    /// <summary>The mean answer costs less than the answers do on average, whatever they are.</summary>
    [Theory]
    [InlineData(RefitRows.TrainDev, 240, null)]
    [InlineData(RefitRows.None, 180, null)]
    [InlineData(RefitRows.All, 240, 300)]
    public void Judge_AveragesConfirmedRepeats(RefitRows refit, int rows, int? allRows)
    {
        var source = Moons(0.2);
        using var objective = With(
            () => DatasetLoader.LoadJoined(source, 1), refit, () => DatasetLoader.LoadWhole(source, 1), averages: true);
        var (verdict, model) = Judge(objective, Confirmed());
        Assert.Equal((3, rows, allRows, Epochs), (verdict.Averaged, verdict.TrainRows, verdict.AllRows, verdict.Epochs));
        Assert.Equal("the average of 3 networks of trial 3", verdict.Subject);
        Assert.Equal((3, verdict.TestMetrics["test_error"]), (model.NetworkCount, model.Confusion!.Error));
        if (refit != RefitRows.None)
            return;
        double[] answers = [.. Enumerable.Range(1, 3).Select(repeat =>
        {
            var options = TrainingPoint.OptionsOf(PointOf(0.01, 16), Epochs);
            using var trainer = new Trainer(_objective.Data, options, TrialSeed.Of(1, 3, repeat));
            while (trainer.Epoch < Epochs)
                trainer.TrainEpoch(TestContext.Current.CancellationToken);
            return trainer.ToModel().Predict([0.3f, 0.4f])[1];
        })];
        Assert.Equal(answers.Average(), model.Predict([0.3f, 0.4f])[1], 1e-12);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    public void Judge_HandsOneNetworkOverWhereAnAverageDoesNotHelpOrIsNotAskedFor(bool likesCost, bool averages, bool may)
    {
        var source = Moons(0.2);
        using var objective = With(() => DatasetLoader.LoadJoined(source, 1), averages: averages);
        var judging = To(Path.Combine(_folder, "model.bin")) with { Goal = new Goal("dev_cost", Maximize: likesCost), MayAverage = may };
        var verdict = objective.Judge([Confirmed()], judging, TestContext.Current.CancellationToken)!;
        Assert.Equal((null, 240, 1), (verdict.Averaged, verdict.TrainRows, Model.Load(judging.ModelPath).NetworkCount));
    }

    [Fact]
    public void Judge_AveragesTheRepeatsThemselvesWhereARefitFitsWorse()
    {
        var blurred = Moons(5);
        using var objective = With(() => DatasetLoader.LoadJoined(blurred, 1), averages: true);
        var (verdict, model) = Judge(objective, Confirmed());
        Assert.Contains("a refit on more rows fitted them worse", verdict.WhyNotRefitted, StringComparison.Ordinal);
        Assert.Equal((3, 180), (verdict.Averaged, verdict.TrainRows));
        Assert.Equal(_objective.Data.Normalization.Means, model.Schema.Normalization.Means);
    }

    [Fact]
    public void Judge_OfRepeatsInterruptedGoesOnAndGivesTheSameModel()
    {
        var source = Moons(0.2);
        using var objective = With(() => DatasetLoader.LoadJoined(source, 1), averages: true);
        var (straight, resumed) = (Path.Combine(_folder, "straight.bin"), Path.Combine(_folder, "resumed.bin"));
        objective.Judge([Confirmed()], To(straight), TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var stopping = To(resumed) with
        {
            Report = progress =>
            {
                if (progress.Done == 4) // the repeats, and the first of the refits
                    stop.Cancel();
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(() => objective.Judge([Confirmed()], stopping, stop.Token));
        Assert.False(File.Exists(resumed));
        objective.Judge([Confirmed()], To(resumed) with { Workers = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(straight), File.ReadAllBytes(resumed));
        Assert.False(Directory.Exists(Path.Combine(_folder, "last")));
    }

    /// <summary>The winner with three repeats.</summary>
    private Trial Confirmed() => Trained(out _) with
    {
        Confirmed = new Confirmation([0.1, 0.1, 0.1], 0),
        Repeats = [.. Enumerable.Range(1, 3).Select(repeat => new Outcome
        {
            Job = repeat,
            Trial = 3,
            Repeat = repeat,
            Point = PointOf(0.01, 16),
            Origin = new Origin(OriginKind.Global),
            FromEpochs = 0,
            ToEpochs = Epochs,
            Epochs = Epochs,
            State = OutcomeState.Completed,
            Value = 0.1,
        })],
    };

    private static DataSource Moons(double noise) =>
        new() { Generate = new GeneratorOptions { Kind = "moons", Rows = 300, Noise = noise } };

    private static TrainingObjective With(
        Func<Dataset> joined, RefitRows refit = RefitRows.TrainDev, Func<Dataset>? whole = null, bool averages = false)
    {
        return new TrainingObjective(DatasetLoader.Load(Moons(0.2), 1), Epochs, TimeProvider.System, joined)
        {
            Refit = refit,
            Whole = whole,
            AveragesRepeats = averages,
            CampaignSeed = 1,
        };
    }

    private Judging To(string model) => new(7, model, Path.Combine(_folder, "last"));

    private (Verdict Verdict, Model Model) Judge(TrainingObjective objective, Trial winner)
    {
        var model = Path.Combine(_folder, "model.bin");
        var verdict = objective.Judge([winner], To(model), TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(Path.Combine(_folder, "last")));
        return (verdict!, Model.Load(model));
    }

    /// <summary>The winner with what it measured when it was a trial of the campaign.</summary>
    private Trial Trained(out IReadOnlyDictionary<string, double> metrics)
    {
        var winner = Winner(Epochs);
        var options = TrainingPoint.OptionsOf(winner.Point, Epochs);
        using var trainer = new Trainer(_objective.Data, options, TrialSeed.Of(1, winner.Number, repeat: 0));
        for (var epoch = 0; epoch < Epochs; epoch++)
            trainer.TrainEpoch(TestContext.Current.CancellationToken);
        var (train, dev) = trainer.Evaluate();
        var measured = TrainingMetrics.Of(TrainingMetrics.OfTrial, train, dev).Finite()
            .AddRange(TrainingMetrics.Of("test", trainer.Evaluate(_objective.Data.Test)));
        metrics = measured;
        return winner with { Metrics = measured };
    }

    private void RequireTheTrialsOwn(Verdict verdict, Model model, IReadOnlyDictionary<string, double> metrics)
    {
        Assert.Equal((180, Epochs), (verdict.TrainRows, verdict.Epochs));
        Assert.Equal(metrics["test_cost"], verdict.TestMetrics["test_cost"]);
        Assert.Equal(_objective.Data.Normalization.Means, model.Schema.Normalization.Means);
    }

    private static Trial Winner(int epochs, int patience = 0) => new()
    {
        Number = 3,
        Point = patience == 0 ? PointOf(0.01, 16) : new Point(PointOf(0.01, 16).Append(new("patience", patience))),
        Origin = new Origin(OriginKind.Global),
        State = OutcomeState.Completed,
        Value = 0.1,
        Epochs = epochs,
    };
}
