using HyperSearch.Cluster.Execution;
using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Cluster.Tests.Execution;

public sealed class LeasedWorkersTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_EndsAlthoughACheckpointCanNeverBeSent(bool isToldToLeave)
    {
        using var leave = new CancellationTokenSource();
        var courier = new StuckCourier();
        var isGranted = false;
        var rules = new LeaseRules { Beat = TimeSpan.FromSeconds(0.2) };
        var request = new CampaignRequest(
            PlannerRun.Search(), new FunctionObjective(_ => 1), new CampaignFolder(Path.Combine(_scratch.Results, "c")));
        var threads = new LocalWorkers(
            new JobRunner(request, TimeProvider.System, NullLogger.Instance), 1, 1, null, TimeProvider.System, NullLogger.Instance);
        var leased = new LeasedWorkers("w", 1, threads, Exchange, courier, rules, TimeProvider.System, NullLogger.Instance)
        {
            Patience = isToldToLeave ? null : TimeSpan.FromSeconds(0.5),
        };
        var running = leased.RunAsync(leave.Token);
        await courier.Sending.Task.WaitAsync(TestContext.Current.CancellationToken);
        if (isToldToLeave)
            await leave.CancelAsync();
        Assert.Equal(isToldToLeave ? LeaseEnding.Left : LeaseEnding.HostLost, await running);

        Task<Reply> Exchange(Report report)
        {
            if (isGranted)
                return Task.FromException<Reply>(new TimeoutException("The host is gone."));
            isGranted = true;
            return Task.FromResult(Grant());
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_StaysWithAHostThatHasNothingToSay()
    {
        using var leave = new CancellationTokenSource();
        var rules = new LeaseRules { Beat = TimeSpan.FromSeconds(0.4) };
        var heard = 0;
        var request = new CampaignRequest(
            PlannerRun.Search(), new FunctionObjective(_ => 1), new CampaignFolder(Path.Combine(_scratch.Results, "c")));
        var threads = new LocalWorkers(
            new JobRunner(request, TimeProvider.System, NullLogger.Instance), 1, 1, null, TimeProvider.System, NullLogger.Instance);
        var leased = new LeasedWorkers("w", 1, threads, ExchangeAsync, courier: null, rules, TimeProvider.System, NullLogger.Instance)
        {
            Patience = TimeSpan.FromSeconds(0.05),
        };
        var running = leased.RunAsync(leave.Token);
        while (Volatile.Read(ref heard) < 3)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await leave.CancelAsync();
        Assert.Equal(LeaseEnding.Left, await running);

        async Task<Reply> ExchangeAsync(Report report)
        {
            await Task.Delay(report.Wait, TestContext.Current.CancellationToken);
            Interlocked.Increment(ref heard);
            return new Reply("host", [], [], [], [], [], [], IsOver: false);
        }
    }

    /// <summary>A reply that grants a job of one trial.</summary>
    internal static Reply Grant()
    {
        var form = JobForm.Write(new Job(0, 0, new Point([new("x", 0.5)]), new Origin(OriginKind.Global), 0, 4, null, 1));
        return new Reply("host", [new GrantedJob(0, JobForm.IdentityOf(form), form)], [], [], [], [], [], IsOver: false);
    }

    /// <summary>Whose host takes nothing any more.</summary>
    private sealed class StuckCourier : ICourier
    {
        public TaskCompletionSource Sending { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FetchAsync(Job job, CancellationToken stop) => Task.CompletedTask;

        public Task SendAsync(Job job, ulong identity, bool isOver, CancellationToken stop)
        {
            Sending.TrySetResult();
            return Task.Delay(Timeout.Infinite, stop);
        }
    }
}
