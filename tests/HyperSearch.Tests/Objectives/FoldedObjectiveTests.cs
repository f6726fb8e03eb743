using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;
using HyperSearch.Training.Data;
using HyperSearch.Training.Models;

namespace HyperSearch.Tests.Objectives;

public sealed class FoldedObjectiveTests : IDisposable
{
    private const int Epochs = 9;
    private readonly Scratch _scratch = new();

    public static TheoryData<string> Schedules => ["full", "asha"];

    private static TrainingDefinition Definition => new(new DataSource
    {
        Generate =
        new GeneratorOptions { Kind = "moons", Rows = 120, Noise = 0.3 }
    })
    {
        Epochs = Epochs,
        Folds = 3,
        Ensemble = 6,
    };

    private static Search Moons => new()
    {
        Name = "moons",
        Objective = Definition,
        Metric = "dev_cost",
        Space = new Space(
        [
            new Parameter("learning_rate", new LogScale(1e-3, 1e-1)),
            new Parameter("hidden_units", new LogIntScale(4, 16)),
            new Parameter("patience", new FixedScale(3)),
        ]),
        Sampler = new CoarseToFineSampler(),
        Trials = 12,
    };

    public void Dispose() => _scratch.Dispose();

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Schedules))]
    public async Task RunAsync_GivesOneRankingAndOneModelWhateverTheWorkersAndInterruptions(string schedule)
    {
        var search = Moons with { Schedule = schedule == "asha" ? new AshaSchedule { MinEpochs = 3, Factor = 3 } : new FullSchedule() };
        var stop = TestContext.Current.CancellationToken;
        var alone = await Play(search, "alone", workers: 1, stop);
        Assert.Equal(alone, await Play(search, "four", workers: 4, stop));

        var folder = Session.Create(_scratch.Results, search, "interrupted");
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var first = new Interrupting(FoldedObjective.Load(Definition, search.Seed, TimeProvider.System), after: 5, interrupt);
        await Session.RunAsync(folder, search, first, workers: 2, stop: interrupt.Token);
        Assert.True(Campaign.Open(folder).ReadOutcomes().Count < alone.Facts.Split('\n').Length);
        Assert.Equal(alone, await Resume(search, folder, workers: 2, stop));
    }

    [Fact]
    public void Judge_TrainsWhatAnotherProcessHadInMemoryAgainAndGivesTheSameModel()
    {
        using var search = FoldedObjective.Load(Definition, 1, TimeProvider.System);
        Trial[] ranked = [.. Enumerable.Range(0, 3).Select(number => Train(search, number)).OrderBy(trial => trial.Value)];
        using var fresh = FoldedObjective.Load(Definition, 1, TimeProvider.System);
        var (kept, again) = (Path.Combine(_scratch.Results, "kept.bin"), Path.Combine(_scratch.Results, "again.bin"));
        var verdict = search.Judge(ranked, To(kept), TestContext.Current.CancellationToken);
        var other = fresh.Judge(ranked, To(again), TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(kept), File.ReadAllBytes(again));
        Assert.Equal(verdict!.TestMetrics, other!.TestMetrics);
        Assert.False(Directory.Exists(Path.Combine(_scratch.Results, "last")));
    }

    [Fact]
    public void Judge_TrainsSeveralAtOnceTellsHowManyAndCanBeInterrupted()
    {
        var stop = TestContext.Current.CancellationToken;
        using var alone = FoldedObjective.Load(Definition, 1, TimeProvider.System);
        Trial[] ranked = [.. Enumerable.Range(0, 4).Select(number => Train(alone, number, patience: 2)).OrderBy(trial => trial.Value)];
        var (one, many) = (Path.Combine(_scratch.Results, "one.bin"), Path.Combine(_scratch.Results, "many.bin"));
        var verdict = alone.Judge(ranked, To(one), stop)!;

        using var fresh = FoldedObjective.Load(Definition, 1, TimeProvider.System);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            fresh.Judge(ranked, To(many) with { Workers = 3, Report = _ => interrupt.Cancel() }, interrupt.Token));
        Assert.False(File.Exists(many));

        var told = new List<JudgingProgress>();
        var other = fresh.Judge(ranked, To(many) with { Workers = 3, Report = told.Add }, stop)!;
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(many));
        Assert.Equal(verdict.TestMetrics, other.TestMetrics);
        Assert.True(told.Count > ranked.Length, $"only {told.Count} trainings"); // four trials are trained again, then single folds
        Assert.Equal(Enumerable.Range(1, told.Count), told.Select(progress => progress.Done));
        Assert.Equal((ranked.Length, told.Count), (told[0].Of, told[^1].Of));
    }

    [Fact]
    public async Task RunAsync_TellsObserversHowManyNetworksAreTrainedToJudgeTheWinner()
    {
        var judging = new JudgingNotes();
        var search = Moons with { Trials = 5 };
        await Session.RunAsync(Session.Create(_scratch.Results, search, "told"), search,
            FoldedObjective.Load(Definition, search.Seed, TimeProvider.System), workers: 2, observer: judging,
            stop: TestContext.Current.CancellationToken);
        Assert.NotEmpty(judging.Told);
        Assert.Equal([5], judging.Ranked); // once, when the last trial is on disk
        Assert.All(judging.Told, progress => Assert.Equal(5, progress.Trials));
        Assert.Equal(judging.Told[^1].Judging!.Of, judging.Told[^1].Judging!.Done);
    }

    [Fact]
    public void Judge_SaysWhatTheModelIsAndJudgesItOnRowsThatWereHeldOut()
    {
        using var objective = FoldedObjective.Load(Definition, 1, TimeProvider.System);
        Trial[] ranked = [.. Enumerable.Range(0, 3).Select(number => Train(objective, number)).OrderBy(trial => trial.Value)];
        var path = Path.Combine(_scratch.Results, "model.bin");
        var verdict = objective.Judge(ranked, To(path), TestContext.Current.CancellationToken)!;
        var model = Model.Load(path);
        Assert.Equal((ranked[0].Number, 120, false), (verdict.Trial, verdict.TestRows, verdict.IsOnTestSet));
        Assert.Equal(verdict.Ensemble!.Networks, model.NetworkCount);
        Assert.Equal(verdict.Ensemble.Members.Length * 3, model.NetworkCount);
        Assert.InRange(verdict.Ensemble.Members.Sum(member => member.Count), 1, 6);
        Assert.Equal(verdict.TestMetrics["held_out_error"], model.Confusion!.Error, 12);
        Assert.True(verdict.Holds(ranked));
        Assert.False(verdict.Holds(ranked[..2])); // another trial may change who is chosen
    }

    [Fact]
    public void Judge_OfNoiseQuotesWhatChanceGives()
    {
        var errors = Enumerable.Range(1, 8).Select(table =>
        {
            var random = RandomStream.For((ulong)table, 0, "noise");
            var lines = Enumerable.Range(0, 150).Select(_ => string.Create(
                CultureInfo.InvariantCulture, $"{random.NextNormal()},{random.NextNormal()},{random.NextNormal()},c{random.NextInt(3)}"));
            var file = Path.Combine(_scratch.Results, $"{table}.csv");
            File.WriteAllLines(file, ["a,b,c,y", .. lines]);
            var definition = new TrainingDefinition(new DataSource { Path = file, Label = "y" }) { Epochs = 60, Folds = 5, Ensemble = 6 };
            using var objective = FoldedObjective.Load(definition, 1, TimeProvider.System);
            var trials = Enumerable.Range(0, 4).Select(number => Train(objective, number, 60, patience: 20));
            return objective.Judge([.. trials.OrderBy(trial => trial.Value)], To(Path.Combine(_scratch.Results, $"{table}.bin")),
                TestContext.Current.CancellationToken)!.TestMetrics["held_out_error"];
        }).ToArray();
        Assert.InRange(errors.Average(), 0.635, 0.7); // two thirds is the truth; the mean's standard error is .014
    }

    [Fact]
    public void Judge_HandsTheWinnersOwnNetworksOverWithoutAnEnsemble()
    {
        using var objective = FoldedObjective.Load(Definition with { Ensemble = 1 }, 1, TimeProvider.System);
        Trial[] ranked = [.. Enumerable.Range(0, 3).Select(number => Train(objective, number)).OrderBy(trial => trial.Value)];
        var verdict = objective.Judge(ranked, To(Path.Combine(_scratch.Results, "model.bin")), TestContext.Current.CancellationToken)!;
        Assert.Equal([new EnsembleMember(ranked[0].Number, 1)], verdict.Ensemble!.Members);
    }

    [Theory]
    [InlineData("folds: 5", 5, 25)]
    [InlineData("folds: 3, ensemble: 7", 3, 7)]
    [InlineData("folds: 3, ensemble: none", 3, 1)]
    [InlineData("epochs: 9", 0, 25)]
    public void SearchFile_SaysHowManyFoldsAndNetworks(string keys, int folds, int ensemble)
    {
        var search = SearchFile.Parse($"name: x\nobjective: {{train: {{data: {{generate: moons}}, {keys}}}}}\nminimize: dev_cost\nspace: " +
            $"{{learning_rate: {{log: [1e-3, 1]}}}}\n", "x.yaml", ".");
        var definition = Assert.IsType<TrainingDefinition>(search.Objective);
        Assert.Equal((folds, ensemble), (definition.Folds, definition.Ensemble));
    }

    [Theory]
    [InlineData("ensemble: 5", "A size of the ensemble goes with folds")]
    [InlineData("folds: 1", "2")]
    [InlineData("folds: 5, ensemble: many", "auto, none or a whole number from 2")]
    public void SearchFile_RefusesWhatMakesNoSense(string keys, string message)
    {
        var refusal = Assert.Throws<SearchFileException>(() => SearchFile.Parse(
            $"name: x\nobjective: {{train: {{data: {{generate: moons}}, {keys}}}}}\nminimize: dev_cost\nspace: {{learning_rate: {{log: " +
            $"[1e-3, 1]}}}}\n", "x.yaml", "."));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private Judging To(string model) => new(7, model, Path.Combine(_scratch.Results, "last"));

    private Trial Train(FoldedObjective objective, int number, int epochs = Epochs, int patience = 0)
    {
        var point = new Point([KeyValuePair.Create("learning_rate", new ParameterValue(0.02 + 0.03 * number)),
            KeyValuePair.Create("hidden_units", new ParameterValue(8)), KeyValuePair.Create("patience", new ParameterValue(patience))]);
        var job = new Job(number, number, point, new Origin(OriginKind.Global), 0, epochs, null, TrialSeed.Of(1, number, repeat: 0));
        var context = new Recorder(job, Path.Combine(_scratch.Results, $"{number}"));
        objective.Run(context, TestContext.Current.CancellationToken);
        return new Trial
        {
            Number = number,
            Point = point,
            Origin = job.Origin,
            State = OutcomeState.Completed,
            Value = context.Last["dev_cost"],
            Epochs = epochs
        };
    }

    private async Task<(string Facts, string Model)> Play(Search search, string name, int workers, CancellationToken stop) =>
        await Resume(search, Session.Create(_scratch.Results, search, name), workers, stop);

    private static async Task<(string Facts, string Model)> Resume(Search search, CampaignFolder folder, int workers,
        CancellationToken stop)
    {
        var ending = await Session.RunAsync(folder, search, FoldedObjective.Load(Definition, search.Seed, TimeProvider.System),
            workers, stop: stop);
        Assert.True(ending.Finished);
        var campaign = new Campaign(folder, (_, _) => search).Read();
        var leaders = Ranking.Rank(campaign.Trials, campaign.Search).Take(RowErrors.Leaders).Select(entry => entry.Trial).ToArray();
        Assert.All(leaders.Where(trial => trial.State == OutcomeState.Completed), trial => Assert.Equal(120, trial.RowErrors!.Rows));
        string[] evidence = [.. leaders.Select(trial => Evidence(trial)), .. Uncertainty.Sentences(campaign)];
        return (string.Join('\n', [.. Session.Facts(folder), .. evidence]),
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder.ModelPath))));
    }

    /// <summary>What is kept beside a leader's figures.</summary>
    private static string Evidence(Trial trial) => string.Create(CultureInfo.InvariantCulture,
        $"{trial.Number} {(trial.RowErrors is { } rows ? Convert.ToHexString(rows.Bytes.AsSpan()) : "")} "
            + $"{string.Join(',', trial.FirstSignals!.Gradients)} "
            + $"{string.Join(',', trial.LastSignals!.Gradients)} {trial.LastSignals.Epoch}");

    /// <summary>The objective, and an interruption after some jobs.</summary>
    private sealed class Interrupting(FoldedObjective objective, int after, CancellationTokenSource interrupt) : IObjective, IDisposable
    {
        private int _runs;

        public void Run(IJobContext job, CancellationToken stop)
        {
            objective.Run(job, stop);
            if (Interlocked.Increment(ref _runs) == after)
                interrupt.Cancel();
        }

        public double WorkPerEpoch(Point point) => objective.WorkPerEpoch(point);

        public void Dispose() => objective.Dispose();
    }

    private sealed class JudgingNotes : ICampaignObserver
    {
        public List<CampaignProgress> Told { get; } = [];

        public void OnStarted(CampaignProgress progress)
        {
        }

        public void OnOutcome(Outcome outcome, CampaignProgress progress)
        {
        }

        public List<int> Ranked { get; } = [];

        public void OnRanked(CampaignProgress progress)
        {
            Assert.Empty(Told);
            Ranked.Add(progress.Trials);
        }

        public void OnJudging(CampaignProgress progress) => Told.Add(progress);

        public void OnEnded(CampaignEnding ending)
        {
        }
    }

    private sealed class Recorder(Job job, string folder) : IJobContext
    {
        public IReadOnlyDictionary<string, double> Last { get; private set; } = new Dictionary<string, double>();

        public Job Job => job;

        public string CheckpointFolder => Directory.CreateDirectory(folder).FullName;

        public bool HasCheckpointFolder => Directory.Exists(folder);

        public string LogPath => Path.Combine(CheckpointFolder, "log");

        public string Metric => "dev_cost";

        public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics)
        {
            Last = metrics;
            return true;
        }
    }
}
