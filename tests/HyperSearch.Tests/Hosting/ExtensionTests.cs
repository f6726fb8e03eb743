using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Schedules;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Hosting;

/// <summary>Campaigns that are asked for more than they were begun with.</summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("asha")]
    [InlineData("freeze_thaw")]
    [InlineData("hyperband")]
    [InlineData("successive_halving")]
    [InlineData("pbt")]
    public async Task RunAsync_ExtendsACampaignWhoseScheduleSawItsEnd(string schedule)
    {
        var twice = Session.Create(_scratch.Results, Halving(schedule, 20), "twice");
        await RunAsync(twice, Halving(schedule, 20));
        var before = Session.Facts(twice);
        Assert.True((await RunAsync(twice, Halving(schedule, 50))).Finished);
        Assert.Equal(before, Session.Facts(twice).Take(before.Count));
        Assert.Equal(50, Campaign.Open(twice).ReadOutcomes().Select(outcome => outcome.Trial).Distinct().Count());

        var broken = Session.Create(_scratch.Results, Halving(schedule, 20), "broken");
        await InterruptedAsync(broken, Halving(schedule, 20), 0);
        await InterruptedAsync(broken, Halving(schedule, 50), 9);
        Assert.Equal(Session.Facts(twice), Session.Facts(broken));
    }

    [Fact]
    public async Task RunAsync_ExtendedInTheMidstOfPromotionsGoesOn()
    {
        var folder = Session.Create(_scratch.Results, Halving("asha", 20));
        using (var stop = new CancellationTokenSource())
            await Session.RunAsync(folder, Halving("asha", 20), Objective(26, stop), stop: stop.Token);
        Assert.True((await RunAsync(folder, Halving("asha", 40))).Finished);
        Assert.Equal(40, Campaign.Open(folder).ReadOutcomes().Select(outcome => outcome.Trial).Distinct().Count());
    }

    [Fact]
    public async Task RunAsync_WithNothingToDoSaysSoAndWritesNothing()
    {
        var folder = Session.Create(_scratch.Results, Halving("asha", 20));
        var first = await RunAsync(folder, Halving("asha", 20));
        var journal = await File.ReadAllBytesAsync(folder.JournalPath, TestContext.Current.CancellationToken);
        var again = await RunAsync(folder, Halving("asha", 20));
        Assert.True(again is { Finished: true, NothingToDo: true, AnySucceeded: true });
        Assert.Equal((first.Reason, first.Progress.Trials), (again.Reason, again.Progress.Trials));
        Assert.Equal(journal, await File.ReadAllBytesAsync(folder.JournalPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_GoesOnWhenTheLimitThatEndedItIsRaised()
    {
        var search = Halving("asha", 100) with { Limits = new Limits { Epochs = 50 } };
        var folder = Session.Create(_scratch.Results, search);
        Assert.Contains("(limits.epochs)", (await RunAsync(folder, search)).Reason, StringComparison.Ordinal);
        var trained = Campaign.Open(folder).ReadOutcomes().Sum(outcome => outcome.Epochs - outcome.FromEpochs);
        Assert.True((await RunAsync(folder, search)).NothingToDo);
        var more = await RunAsync(folder, search with { Limits = new Limits { Epochs = 100 } });
        Assert.False(more.NothingToDo);
        // those under way are finished
        Assert.InRange(Campaign.Open(folder).ReadOutcomes().Sum(outcome => outcome.Epochs - outcome.FromEpochs), Math.Max(100, trained + 1),
            100 + (8 * 27));
    }

    private async Task InterruptedAsync(CampaignFolder folder, Search search, int after)
    {
        if (after > 0)
        {
            using var stop = new CancellationTokenSource();
            await Session.RunAsync(folder, search, Objective(after, stop), stop: stop.Token);
        }

        Assert.True((await RunAsync(folder, search)).Finished);
    }

    private static Task<CampaignEnding> RunAsync(CampaignFolder folder, Search search) =>
        Session.RunAsync(folder, search, Objective(int.MaxValue, null), stop: TestContext.Current.CancellationToken);

    private static FunctionObjective Objective(int calls, CancellationTokenSource? stop) => new((job, token) =>
    {
        if (Interlocked.Decrement(ref calls) == 0)
            stop?.Cancel();
        token.ThrowIfCancellationRequested();
        return Math.Pow(job.Job.Point["x"].Number - 0.3, 2) + Math.Abs(Math.Log10(job.Job.Point["y"].Number) + 2);
    });

    private static Search Halving(string schedule, int trials) => PlannerRun.Search(new CoarseToFineSampler(), trials) with
    {
        Objective = new DelegateDefinition { Epochs = 27 },
        Schedule = schedule switch
        {
            "asha" => new AshaSchedule { MinEpochs = 1, Factor = 3 },
            "freeze_thaw" => new FreezeThawSchedule { MinEpochs = 1, Guard = 1 },
            "hyperband" => new HyperbandSchedule { MinEpochs = 1, Factor = 3 },
            "pbt" => new PbtSchedule { StepEpochs = 9 },
            _ => new SuccessiveHalvingSchedule { MinEpochs = 1, Factor = 3 },
        },
    };
}
