using HyperSearch.Hosting.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Tests.Execution;

public sealed class LocalWorkersTests : WorkersContract
{
    internal override IWorkers Create(JobRunner runner, int workers, int slots) =>
        new LocalWorkers(runner, workers, slots, trialTimeout: null, TimeProvider.System, NullLogger.Instance);

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_StartsNoMoreThreadsThanThereAreJobsOrSlots()
    {
        var workers = (LocalWorkers)Create((_, stop) => stop.WaitHandle.WaitOne(1) ? 0 : 1, workers: int.MaxValue);
        var running = workers.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, workers.Started);
        await workers.Jobs.WriteAsync(JobOf(0), TestContext.Current.CancellationToken);
        await workers.Outcomes.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, workers.Started);
        var feeding = FeedAsync(workers, 100);
        var outcomes = await workers.Outcomes.ReadAllAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(100, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.InRange(outcome.Worker, 0, 7));
        await feeding;
        await running;
        Assert.InRange(workers.Started, 1, 8);
    }
}
