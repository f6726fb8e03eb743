using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Spaces;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Tests.Execution;

/// <summary>Whatever workers there are, a campaign may rely on this. The test class of an implementation derives from it.</summary>
public abstract class WorkersContract : IDisposable
{
    private const int Slots = 8;
    private readonly Scratch _scratch = new();
    private int _running;

    /// <summary>Makes the workers under test; they run jobs by the runner given.</summary>
    internal abstract IWorkers Create(JobRunner runner, int workers, int slots);

    public void Dispose()
    {
        _scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_GivesOneOutcomeAJob()
    {
        var workers = Create((job, _) => job.Trial % 3 == 0 ? throw new InvalidOperationException("no luck") : job.Trial);
        var running = workers.RunAsync(TestContext.Current.CancellationToken);
        var feeding = FeedAsync(workers, 100);
        var outcomes = await workers.Outcomes.ReadAllAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        await feeding;
        await running;
        Assert.Equal(Enumerable.Range(0, 100), outcomes.Select(outcome => outcome.Job).Order());
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Job % 3 == 0 ? OutcomeState.Failed : OutcomeState.Completed, outcome.State));
        Assert.Empty(workers.InFlight);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_GivesNoOutcomeOfAnInterruptedJob()
    {
        using var interrupt = new CancellationTokenSource();
        var workers = Create((_, stop) =>
        {
            stop.WaitHandle.WaitOne();
            throw new OperationCanceledException(stop);
        });
        var running = workers.RunAsync(interrupt.Token);
        await workers.Jobs.WriteAsync(JobOf(0), TestContext.Current.CancellationToken);
        await Eventually(() => _running > 0);
        await interrupt.CancelAsync();
        await running;
        Assert.False(await workers.Outcomes.WaitToReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, _running);
        Assert.Empty(workers.InFlight);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_KeepsAnOutcomeThatWasReadyWhenItWasInterrupted()
    {
        using var interrupt = new CancellationTokenSource();
        var workers = Create((_, _) => 1);
        var running = workers.RunAsync(interrupt.Token);
        await workers.Jobs.WriteAsync(JobOf(0), TestContext.Current.CancellationToken);
        Assert.True(await workers.Outcomes.WaitToReadAsync(TestContext.Current.CancellationToken));
        await interrupt.CancelAsync();
        await running;
        Assert.True(workers.Outcomes.TryRead(out var outcome));
        Assert.Equal(0, outcome.Job);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_PassesOnTheFailureOfAWorkerAndStopsTheOthers()
    {
        var workers = Create((job, stop) =>
        {
            if (job.Trial == 3)
                throw new StoreException("no room for the checkpoint") { Job = job };
            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(job.Trial));
            return 1;
        });
        var running = workers.RunAsync(TestContext.Current.CancellationToken);
        for (var trial = 0; trial < Slots; trial++)
            await workers.Jobs.WriteAsync(JobOf(trial), TestContext.Current.CancellationToken);
        Assert.Equal("no room for the checkpoint", (await Assert.ThrowsAsync<StoreException>(() => running)).Message);
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
            await workers.Outcomes.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.IsType<StoreException>(failure);
        Assert.Equal(0, _running);
    }

    [Fact(Timeout = 60_000)]
    public async Task InFlight_TellsTheJobInHandAndItsEpoch()
    {
        using var go = new ManualResetEventSlim();
        var workers = Create(new FunctionObjective((context, stop) =>
        {
            context.Report(2, new Dictionary<string, double> { ["loss"] = 1 });
            go.Wait(stop);
            return 1;
        }));
        var running = workers.RunAsync(TestContext.Current.CancellationToken);
        Assert.Empty(workers.InFlight);
        await workers.Jobs.WriteAsync(JobOf(5), TestContext.Current.CancellationToken);
        await Eventually(() => workers.InFlight is [{ Job.Trial: 5, Epoch: 2 }]);
        go.Set();
        Assert.Equal(5, (await workers.Outcomes.ReadAsync(TestContext.Current.CancellationToken)).Trial);
        Assert.Empty(workers.InFlight);
        workers.Jobs.Complete();
        await running;
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_EndsOneJobAtItsNextEpochWithItsValue()
    {
        using var go = new ManualResetEventSlim();
        var workers = Create(new TwoEpochs(go));
        var running = workers.RunAsync(TestContext.Current.CancellationToken);
        await workers.Jobs.WriteAsync(JobOf(5), TestContext.Current.CancellationToken);
        await Eventually(() => workers.InFlight is [{ Job.Number: 5, Value: 0.5 }]);
        workers.Stop(new StopOrder(4, 1, "no such job"));
        workers.Stop(new StopOrder(5, 2, "somebody asked"));
        await SettledAsync(workers, 5);
        go.Set();
        var outcome = await workers.Outcomes.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((OutcomeState.Stopped, 0.25, 2), (outcome.State, outcome.Value!.Value, outcome.Epochs));
        Assert.Equal("stopped after 2 epochs: somebody asked", outcome.Reason);
        workers.Jobs.Complete();
        await running;
    }

    /// <summary>The journal says where a job is to end before the next session has dispatched it.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Stop_HoldsForAJobThatIsStillToCome()
    {
        var workers = Create(new FourEpochs());
        var running = workers.RunAsync(TestContext.Current.CancellationToken);
        workers.Stop(new StopOrder(5, 1, "somebody asked"));
        workers.Stop(new StopOrder(6, 2, "somebody asked"));
        var epochs = new Dictionary<int, (OutcomeState, int)>();
        for (var job = 5; job < 8; job++)
            await workers.Jobs.WriteAsync(JobOf(job), TestContext.Current.CancellationToken);
        while (epochs.Count < 3)
        {
            var outcome = await workers.Outcomes.ReadAsync(TestContext.Current.CancellationToken);
            epochs.Add(outcome.Job, (outcome.State, outcome.Epochs));
        }

        Assert.Equal((OutcomeState.Stopped, 1), epochs[5]);
        Assert.Equal((OutcomeState.Stopped, 2), epochs[6]);
        Assert.Equal((OutcomeState.Completed, 4), epochs[7]);
        workers.Jobs.Complete();
        await running;
    }

    [Fact(Timeout = 60_000)]
    public async Task Pause_BeginsNoJobUntilItGoesOn()
    {
        IWorkers? workers = null;
        var begunWhilePaused = 0;
        workers = Create((job, _) =>
        {
            if (workers!.Paused)
                Interlocked.Increment(ref begunWhilePaused);
            return job.Trial;
        });
        workers.Pause(true);
        Assert.True(workers.Paused);
        var running = workers.RunAsync(TestContext.Current.CancellationToken);
        await FeedAsync(workers, Slots);
        Assert.False(workers.Outcomes.TryRead(out _));
        workers.Pause(false);
        Assert.False(workers.Paused);
        var outcomes = await workers.Outcomes.ReadAllAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        await running;
        Assert.Equal((Slots, 0), (outcomes.Count, begunWhilePaused));
    }

    [Fact(Timeout = 60_000)]
    public async Task Campaign_GivesTheOutcomesThatLocalWorkersGive()
    {
        var search = PlannerRun.Search(new CoarseToFineSampler(), 40);
        var local = Session.Create(_scratch.Results, search, "local");
        await Session.RunAsync(local, search, new FunctionObjective(point => point["x"].Number),
            stop: TestContext.Current.CancellationToken);
        var other = Session.Create(_scratch.Results, search, "other");
        var request = new CampaignRequest(search, new FunctionObjective(point => point["x"].Number),
            other)
        { Recruit = (runner, _) => Create(runner, 2, search.Slots) };
        var ending = await new CampaignSession(request, [], TimeProvider.System, NullLogger.Instance)
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal("all 40 trials are done", ending.Reason);
        Assert.Equal(Session.Facts(local), Session.Facts(other));
    }

    /// <summary>Waits until a job's worker knows that it is to stop, where that takes time.</summary>
    private protected virtual Task SettledAsync(IWorkers workers, int job) => Task.CompletedTask;

    /// <summary>Waits for something that other threads bring about.</summary>
    private protected static async Task Eventually(Func<bool> holds)
    {
        while (!holds())
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private protected static Job JobOf(int number) => new(
        number, number, new Point([new("x", number)]), new Origin(OriginKind.Global), 0, 4, null, 1);

    private protected IWorkers Create(Func<Job, CancellationToken, double> value, int workers = 3) => Create(
        new FunctionObjective((context, stop) =>
        {
            Interlocked.Increment(ref _running);
            try
            {
                return value(context.Job, stop);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }),
        workers);

    private protected static async Task FeedAsync(IWorkers workers, int jobs)
    {
        for (var number = 0; number < jobs; number++)
            await workers.Jobs.WriteAsync(JobOf(number), TestContext.Current.CancellationToken);
        workers.Jobs.Complete();
    }

    private IWorkers Create(IObjective objective, int workers = 3)
    {
        var search = PlannerRun.Search();
        var request = new CampaignRequest(search, objective, new CampaignFolder(Path.Combine(_scratch.Results, "c")));
        return Create(new JobRunner(request, TimeProvider.System, NullLogger.Instance), workers, Slots);
    }

    /// <summary>Waits after its first epoch.</summary>
    private sealed class TwoEpochs(ManualResetEventSlim go) : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop)
        {
            Assert.True(job.Report(1, new Dictionary<string, double> { ["loss"] = 0.5 }));
            go.Wait(stop);
            Assert.False(job.Report(2, new Dictionary<string, double> { ["loss"] = 0.25 }));
        }
    }

    private sealed class FourEpochs : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop)
        {
            for (var epoch = 1; epoch <= 4 && job.Report(epoch, new Dictionary<string, double> { ["loss"] = 1.0 / epoch }); epoch++)
                stop.ThrowIfCancellationRequested();
        }
    }
}
