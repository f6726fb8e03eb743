using System.ComponentModel;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Spaces;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.Time.Testing;

namespace HyperSearch.Tests.Hosting;

public sealed class CampaignServiceTests : IDisposable
{
    private readonly Scratch _scratch = new();

    private static Search Search(int trials = 60) => PlannerRun.Search(new CoarseToFineSampler(), trials);

    private static double Loss(Point point) => Math.Pow(point["x"].Number - 0.3, 2) + Math.Abs(Math.Log10(point["y"].Number) + 2);

    public void Dispose() => _scratch.Dispose();

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(16)]
    public async Task RunAsync_GivesTheSameOutcomesWithAnyNumberOfWorkers(int workers)
    {
        var one = Session.Create(_scratch.Results, Search(), "one");
        var many = Session.Create(_scratch.Results, Search(), "many");
        await Session.RunAsync(one, Search(), stop: TestContext.Current.CancellationToken,
            objective: new FunctionObjective(Loss), workers: 1);
        var ending = await Session.RunAsync(many, Search(), stop: TestContext.Current.CancellationToken,
            objective: new FunctionObjective(Loss), workers: workers);
        Assert.Equal(Session.Facts(one), Session.Facts(many));
        Assert.True(ending.Finished);
        Assert.Equal("all 60 trials are done", ending.Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_ResumedAfterInterruptionsGivesTheSameOutcomes()
    {
        var straight = Session.Create(_scratch.Results, Search(), "straight");
        await Session.RunAsync(straight, Search(), stop: TestContext.Current.CancellationToken, objective: new FunctionObjective(Loss));

        var broken = Session.Create(_scratch.Results, Search(), "broken");
        var sessions = 0;
        for (CampaignEnding? ending = null; ending is not { Finished: true }; sessions++)
        {
            using var interrupt = new CancellationTokenSource();
            var calls = 0;
            var objective = new FunctionObjective((job, stop) =>
            {
                if (Interlocked.Increment(ref calls) == 12)
                    interrupt.Cancel();
                stop.ThrowIfCancellationRequested();
                return Loss(job.Job.Point);
            });
            ending = await Session.RunAsync(broken, Search(), objective, stop: interrupt.Token);
        }

        Assert.True(sessions > 3, $"only {sessions} sessions: the interruptions did not interrupt");
        Assert.Equal(Session.Facts(straight), Session.Facts(broken));
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_ExtendsAFinishedCampaignAsIfItHadBeenAskedAtOnce()
    {
        var straight = Session.Create(_scratch.Results, Search(), "straight");
        await Session.RunAsync(straight, Search(60), stop: TestContext.Current.CancellationToken, objective: new FunctionObjective(Loss));
        var extended = Session.Create(_scratch.Results, Search(), "extended");
        await Session.RunAsync(extended, Search(20), stop: TestContext.Current.CancellationToken, objective: new FunctionObjective(Loss));
        var ending = await Session.RunAsync(extended, Search(60), stop: TestContext.Current.CancellationToken,
            objective: new FunctionObjective(Loss));
        Assert.Equal(20, ending.Progress.Resumed);
        Assert.Equal(Session.Facts(straight), Session.Facts(extended));
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_KeepsFailuresAndGoesOn()
    {
        var folder = Session.Create(_scratch.Results, Search());
        var ending = await Session.RunAsync(folder, Search(), stop: TestContext.Current.CancellationToken,
            objective: new FunctionObjective(point =>
            point["x"].Number < 0.2 ? throw new InvalidOperationException("no luck") : point["x"].Number < 0.4 ? double.NaN : Loss(point)));
        var facts = Campaign.Open(folder).ReadOutcomes().ToList();
        Assert.Equal(60, facts.Count);
        Assert.All(facts, fact => Assert.Equal(
            fact.Point["x"].Number switch { < 0.2 => OutcomeState.Failed, < 0.4 => OutcomeState.Diverged, _ => OutcomeState.Completed },
            fact.State));
        Assert.Contains(facts, fact => fact.Reason == "no luck");
        Assert.Contains(facts, fact => fact.Reason == "loss became NaN at epoch 1");
        Assert.True(ending.AnySucceeded);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_TriesATransientFailureAgainAndOnlyThat()
    {
        var search = Search(8) with { Limits = new Limits { Retries = 2 } };
        var folder = Session.Create(_scratch.Results, search);
        var attempts = new int[8];
        await Session.RunAsync(folder, search, stop: TestContext.Current.CancellationToken, objective: new FunctionObjective((job, _) =>
        {
            var attempt = Interlocked.Increment(ref attempts[job.Job.Trial]);
            return job.Job.Trial switch
            {
                1 when attempt < 3 => throw new TransientFailureException("the child died"),
                2 => throw new TransientFailureException("the child always dies"),
                3 => throw new InvalidOperationException("deterministic"),
                _ => 1,
            };
        }));
        Assert.Equal([1, 3, 3, 1, 1, 1, 1, 1], attempts);
        var states = Campaign.Open(folder).ReadOutcomes().OrderBy(outcome => outcome.Trial).ToList();
        Assert.Equal((OutcomeState.Completed, 3), (states[1].State, states[1].Attempts));
        Assert.Equal((OutcomeState.Failed, "the child always dies"), (states[2].State, states[2].Reason));
        Assert.Equal((OutcomeState.Failed, 1), (states[3].State, states[3].Attempts));
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_EndsATrialThatOutlivesItsLimit()
    {
        var search = Search(6) with { Limits = new Limits { TrialTimeout = TimeSpan.FromSeconds(30) } };
        var folder = Session.Create(_scratch.Results, search);
        var time = new FakeTimeProvider();
        var ending = await Session.RunAsync(folder, search, stop: TestContext.Current.CancellationToken, time: time,
            objective: new FunctionObjective((job, stop) =>
            {
                if (job.Job.Trial != 2)
                    return 1;
                time.Advance(TimeSpan.FromSeconds(31));
                stop.WaitHandle.WaitOne();
                throw new OperationCanceledException(stop);
            }));
        Assert.True(ending.Finished);
        var late = Campaign.Open(folder).ReadOutcomes().Single(outcome => outcome.Trial == 2);
        Assert.Equal((OutcomeState.TimedOut, "ran longer than its limit of 30 s (limits.trial_timeout)"), (late.State, late.Reason));
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_GivesUpATrialThatIgnoresItsLimit()
    {
        var search = Search(6) with { Limits = new Limits { TrialTimeout = TimeSpan.FromSeconds(30) } };
        var folder = Session.Create(_scratch.Results, search);
        var time = new FakeTimeProvider();
        using var never = new ManualResetEventSlim();
        var ending = await Session.RunAsync(folder, search, stop: TestContext.Current.CancellationToken, workers: 1, time: time,
            objective: new FunctionObjective((job, _) =>
            {
                if (job.Job.Trial == 2)
                {
                    time.Advance(TimeSpan.FromSeconds(61));
                    never.Wait(CancellationToken.None);
                }

                return 1;
            }));
        never.Set();
        Assert.True(ending.Finished);
        var late = Campaign.Open(folder).ReadOutcomes().Single(outcome => outcome.Trial == 2);
        Assert.Equal(OutcomeState.TimedOut, late.State);
        Assert.Contains("its limit of 30 s (limits.trial_timeout) and ignored being stopped", late.Reason, StringComparison.Ordinal);
        Assert.Equal(6, Campaign.Open(folder).ReadOutcomes().Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_EndsWhenEveryTrialFails()
    {
        var search = Search() with { Limits = new Limits { StopAfterFailures = 5 } };
        var folder = Session.Create(_scratch.Results, search);
        var ending = await Session.RunAsync(folder, search, stop: TestContext.Current.CancellationToken,
            objective: new FunctionObjective((_, _) => throw new InvalidOperationException("broken")));
        Assert.False(ending.AnySucceeded);
        Assert.Contains("5 jobs in a row failed", ending.Reason, StringComparison.Ordinal);
        Assert.Equal(5 + 7, Campaign.Open(folder).ReadOutcomes().Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_StopsWhenItsFolderCannotBeWritten()
    {
        var folder = Session.Create(_scratch.Results, Search());
        var failure = await Assert.ThrowsAsync<StoreException>(() =>
            Session.RunAsync(folder, Search(), stop: TestContext.Current.CancellationToken, objective: new FunctionObjective(
            (job, _) => job.Job.Trial == 9 ? throw new StoreException("no room for the checkpoint") { Job = job.Job } : 1)));
        Assert.Equal("no room for the checkpoint", failure.Message);
        Assert.DoesNotContain(Campaign.Open(folder).ReadOutcomes(), outcome => outcome.Trial == 9);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_AfterItsFolderWasMoved_StopsAndMakesNoOther()
    {
        var folder = Session.Create(_scratch.Results, Search());
        var failure = await Assert.ThrowsAsync<StoreException>(() => Session.RunAsync(
            folder, Search(), stop: TestContext.Current.CancellationToken, workers: 1, objective: new FunctionObjective((job, _) =>
            {
                // A busy machine may reach trial 9 before the first outcome is on disk.
                if (job.Job.Trial == 9)
                {
                    SpinWait.SpinUntil(() => Campaign.Open(folder).ReadOutcomes().Count > 0, TimeSpan.FromSeconds(30));
                    Directory.Move(folder.Path, folder.Path + "-moved");
                }

                return Path.Exists(job.CheckpointFolder) ? 1 : 2;
            })));
        Assert.Contains("removed or moved", failure.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder.Path));
        Assert.InRange(Campaign.Open(new CampaignFolder(folder.Path + "-moved")).ReadOutcomes().Count, 1, 9);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_WithoutAFileToOpen_StopsAndChargesNoTrial()
    {
        var straight = Session.Create(_scratch.Results, Search(), "straight");
        await Session.RunAsync(straight, Search(), stop: TestContext.Current.CancellationToken, objective: new FunctionObjective(Loss));
        var broken = Session.Create(_scratch.Results, Search(), "broken");
        Exception[] refusals =
        [
            new IOException("Too many open files", 24), new TransientFailureException("No pipe", new Win32Exception(24)),
            new CommandFailedException("No process", new IOException("Too many open files in system", 23)),
        ];
        for (var round = 0; round < refusals.Length; round++)
        {
            var failure = await Assert.ThrowsAsync<StoreException>(() => Session.RunAsync(
                broken, Search(), stop: TestContext.Current.CancellationToken, objective: new FunctionObjective(
                    (job, _) => job.Job.Trial == 9 + (9 * round) ? throw refusals[round] : Loss(job.Job.Point))));
            Assert.Contains("No more files can be opened (ulimit -n)", failure.Message, StringComparison.Ordinal);
            Assert.Contains("fewer workers (CampaignOptions.Workers); then the same call", failure.Message, StringComparison.Ordinal);
        }

        Assert.All(Campaign.Open(broken).ReadOutcomes(), outcome => Assert.Equal(OutcomeState.Completed, outcome.State));
        await Session.RunAsync(broken, Search(), stop: TestContext.Current.CancellationToken, objective: new FunctionObjective(Loss));
        Assert.Equal(Session.Facts(straight), Session.Facts(broken));
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_LetsNoObserverDisturb()
    {
        var folder = Session.Create(_scratch.Results, Search());
        var ending = await Session.RunAsync(folder, Search(), stop: TestContext.Current.CancellationToken,
            objective: new FunctionObjective(Loss), observer: new RudeObserver());
        Assert.True(ending.Finished);
        Assert.Equal(60, ending.Progress.Acknowledged);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_RefusesOutcomesOfAnotherSearch()
    {
        var folder = Session.Create(_scratch.Results, Search());
        await Session.RunAsync(folder, Search(10), stop: TestContext.Current.CancellationToken, objective: new FunctionObjective(Loss));
        var refusal = await Assert.ThrowsAsync<CampaignException>(() =>
            Session.RunAsync(folder, Search(20) with { Seed = 2 }, stop: TestContext.Current.CancellationToken,
                objective: new FunctionObjective(Loss)));
        Assert.Contains("do not follow from its search file", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_EndsAtItsTimeLimit()
    {
        var search = Search(1000) with { Limits = new Limits { Time = TimeSpan.FromMinutes(10) } };
        var folder = Session.Create(_scratch.Results, search);
        var time = new FakeTimeProvider();
        var calls = 0;
        var ending = await Session.RunAsync(folder, search, stop: TestContext.Current.CancellationToken, time: time,
            objective: new FunctionObjective((_, stop) =>
            {
                if (Interlocked.Increment(ref calls) > 10)
                {
                    stop.WaitHandle.WaitOne();
                    throw new OperationCanceledException(stop);
                }

                time.Advance(TimeSpan.FromMinutes(1));
                return 1;
            }));
        Assert.True(ending.Finished);
        Assert.Contains("time limit of 10 min 0 s", ending.Reason, StringComparison.Ordinal);
        Assert.Equal(10, ending.Progress.Acknowledged);
    }

    private sealed class RudeObserver : ICampaignObserver
    {
        public void OnStarted(CampaignProgress progress) => throw new InvalidOperationException("started");

        public void OnOutcome(Outcome outcome, CampaignProgress progress) => throw new InvalidOperationException("outcome");

        public void OnEnded(CampaignEnding ending) => throw new InvalidOperationException("ended");
    }
}
