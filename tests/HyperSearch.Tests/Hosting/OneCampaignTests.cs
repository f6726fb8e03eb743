using System.IO.Hashing;
using System.Text;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Stores;
using HyperSearch.Training.Data;

namespace HyperSearch.Tests.Hosting;

/// <summary>A campaign is a function of its search and its seed: one hash of the ranked table, whatever the workers and restarts.</summary>
public sealed class OneCampaignTests : IDisposable
{
    private static readonly TrainingDefinition Training =
        new(new DataSource { Generate = new GeneratorOptions { Kind = "moons", Rows = 120, Noise = 0.3 } }) { Epochs = 9 };

    private static readonly Search Search = new()
    {
        Name = "moons",
        Objective = Training,
        Metric = "dev_cost",
        Space = new Space([new Parameter("learning_rate", new LogScale(1e-3, 1)), new Parameter("hidden_units", new IntScale(2, 12)),
            new Parameter("batch_size", new PowerOfTwoScale(8, 64))]),
        Sampler = new CoarseToFineSampler(),
        Schedule = new AshaSchedule { MinEpochs = 1, Factor = 3 },
        Trials = 60,
        Slots = 8,
    };

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("asha")]
    [InlineData("freeze_thaw")]
    [InlineData("pbt")]
    public async Task Ranking_HasOneHashForEveryNumberOfWorkersAndRestarts(string schedule)
    {
        var search = schedule switch
        {
            "asha" => Search,
            "pbt" => Search with { Schedule = new PbtSchedule { StepEpochs = 2 } },
            _ => Search with { Schedule = new FreezeThawSchedule { MinEpochs = 1, Guard = 2 } },
        };
        var hashes = new Dictionary<(int Workers, int Restarts), ulong>();
        foreach (var workers in (int[])[1, 2, 4, 8])
        {
            foreach (var restarts in (int[])[0, 1, 5])
                hashes[(workers, restarts)] = await HashAsync(search, workers, restarts);
        }

        Assert.True(hashes.Values.Distinct().Count() == 1, string.Join('\n', hashes));
    }

    private async Task<ulong> HashAsync(Search search, int workers, int restarts)
    {
        var folder = Session.Create(_scratch.Results, search, FormattableString.Invariant($"{workers}-{restarts}"));
        var interrupted = 0;
        for (var session = 0; session < restarts; session++)
        {
            using var stop = new CancellationTokenSource();
            var ending = await Session.RunAsync(folder, search, Objective(), workers, observer: new Interruption(stop, after: 10),
                stop: stop.Token);
            if (ending.Finished)
                break; // a busy machine hears of the tenth outcome when more have come, and the last of five may be too late
            interrupted++;
        }

        Assert.True(restarts == 0 || interrupted > 0, "No session was interrupted.");
        Assert.True((await Session.RunAsync(folder, search, Objective(), workers, stop: TestContext.Current.CancellationToken)).Finished);
        var ranked = Ranking.Rank(Trial.Fold(Campaign.Open(folder).ReadOutcomes(), Training.Epochs), maximize: false);
        var table = string.Join('\n', ranked.Select(entry => string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{entry.Rank} {entry.Trial.Number} {entry.Trial.State} {entry.Value:R} {entry.Trial.Point} " +
            $"{string.Join(' ', entry.Trial.Metrics)} {entry.Trial.Epochs} {entry.Trial.Origin.Kind} " +
            $"{string.Join(' ', entry.Trial.Jobs.Select(job => job.Origin.Decision))} " +
            $"{string.Join(' ', entry.Trial.Curve.Column("dev_cost"))}")));
        return XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(table));
    }

    private static TrainingObjective Objective() => TrainingObjective.Load(Training, 1, TimeProvider.System);

    /// <summary>Interrupts a session after so many outcomes.</summary>
    private sealed class Interruption(CancellationTokenSource source, int after) : ICampaignObserver
    {
        public void OnStarted(CampaignProgress progress)
        {
        }

        public void OnOutcome(Outcome outcome, CampaignProgress progress)
        {
            if (progress.Acknowledged == after)
                source.Cancel();
        }

        public void OnEnded(CampaignEnding ending)
        {
        }
    }
}
