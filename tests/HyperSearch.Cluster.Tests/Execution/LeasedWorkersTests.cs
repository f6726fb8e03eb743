using System.Collections.Concurrent;
using System.Threading.Channels;
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
using Microsoft.Extensions.Time.Testing;

namespace HyperSearch.Cluster.Tests.Execution;

public sealed class LeasedWorkersTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly FakeTimeProvider _time = new();

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
        var leased = new LeasedWorkers("w", 1, Threads(), Exchange, courier, rules, _time, NullLogger.Instance)
        {
            Patience = isToldToLeave ? null : TimeSpan.FromSeconds(0.5),
        };
        var running = leased.RunAsync(leave.Token);
        await courier.Sending.Task.WaitAsync(TestContext.Current.CancellationToken);
        if (isToldToLeave)
            await leave.CancelAsync();
        while (!running.IsCompleted)
            await PassAsync();
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
        var leased = new LeasedWorkers("w", 1, Threads(), ExchangeAsync, courier: null, rules, _time, NullLogger.Instance)
        {
            Patience = TimeSpan.FromSeconds(0.05),
        };
        var running = leased.RunAsync(leave.Token);
        while (Volatile.Read(ref heard) < 3)
            await PassAsync();
        await leave.CancelAsync();
        while (!running.IsCompleted)
            await PassAsync();
        Assert.Equal(LeaseEnding.Left, await running);

        async Task<Reply> ExchangeAsync(Report report)
        {
            await Task.Delay(report.Wait, _time, TestContext.Current.CancellationToken);
            Interlocked.Increment(ref heard);
            return new Reply("host", [], [], [], [], [], [], IsOver: false);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_BringsTheCheckpointOfALongJobEvery30Seconds()
    {
        var stop = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider();
        using var begun = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        using var leave = new CancellationTokenSource();
        var objective = new FunctionObjective((_, _) =>
        {
            begun.Set();
            mayEnd.Wait(stop);
            return 1;
        });
        var courier = new CountingCourier();
        var reports = 0;
        var request = new CampaignRequest(PlannerRun.Search(), objective, new CampaignFolder(Path.Combine(_scratch.Results, "c")));
        var threads = new LocalWorkers(new JobRunner(request, time, NullLogger.Instance), 1, 1, null, time, NullLogger.Instance);
        var leased = new LeasedWorkers(
            "w", 1, threads, _ => Task.FromResult(reports++ == 0 ? Grant() : new Reply("host", [], [], [], [], [], [], IsOver: false)),
            courier, new LeaseRules(), time, NullLogger.Instance);
        var running = leased.RunAsync(leave.Token);
        begun.Wait(stop);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(courier.Sent);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CheckpointMoment.Running, await courier.NextAsync(stop));
        time.Advance(TimeSpan.FromSeconds(120));
        Assert.Single(courier.Sent); // the first is still on its way
        courier.Arrive();
        while (courier.Sent.Count < 2)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(1, stop);
        }

        Assert.Equal(CheckpointMoment.Running, await courier.NextAsync(stop));
        mayEnd.Set(); // the second is on its way, and is given up for what the job leaves at its end
        Assert.Equal(CheckpointMoment.Over, await courier.NextAsync(stop));
        Assert.True(courier.IsGivenUp);
        courier.Arrive();
        await leave.CancelAsync();
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, stop);
        }

        Assert.Equal(LeaseEnding.Left, await running);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_SpeaksAgainWhereNoAnswerComes()
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var rules = new LeaseRules { Beat = TimeSpan.FromSeconds(0.4) };
        var reports = 0;
        var leased = new LeasedWorkers("w", 1, Threads(), Exchange, courier: null, rules, _time, NullLogger.Instance);
        var (began, running) = (_time.GetTimestamp(), leased.RunAsync(leave.Token));
        while (Volatile.Read(ref reports) < 2)
            await PassAsync();
        Assert.InRange(_time.GetElapsedTime(began).TotalSeconds, 0.8, 2); // a network that swallows everything says nothing of it
        await leave.CancelAsync();
        while (!running.IsCompleted)
            await PassAsync();

        Task<Reply> Exchange(Report report)
        {
            Interlocked.Increment(ref reports);
            return new TaskCompletionSource<Reply>().Task;
        }
    }

    /// <summary>The clock goes on a little, and what follows has a moment to happen.</summary>
    private async Task PassAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(0.05));
        await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    private LocalWorkers Threads()
    {
        var request = new CampaignRequest(
            PlannerRun.Search(), new FunctionObjective(_ => 1), new CampaignFolder(Path.Combine(_scratch.Results, "c")));
        return new LocalWorkers(
            new JobRunner(request, TimeProvider.System, NullLogger.Instance), 1, 1, null, TimeProvider.System, NullLogger.Instance);
    }

    /// <summary>A reply that grants a job of one trial.</summary>
    internal static Reply Grant()
    {
        var form = JobForm.Write(new Job(0, 0, new Point([new("x", 0.5)]), new Origin(OriginKind.Global), 0, 4, null, 1));
        return new Reply("host", [new GrantedJob(0, JobForm.IdentityOf(form), form)], [], [], [], [], [], IsOver: false);
    }

    /// <summary>Sends one checkpoint at a time, each until it is told that it has arrived.</summary>
    private sealed class CountingCourier : ICourier
    {
        private readonly Channel<CheckpointMoment> _next = Channel.CreateUnbounded<CheckpointMoment>();
        private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<CheckpointMoment> Sent { get; } = [];

        public bool IsGivenUp { get; private set; }

        public ValueTask<CheckpointMoment> NextAsync(CancellationToken stop) => _next.Reader.ReadAsync(stop);

        public void Arrive()
        {
            var arrived = _arrived;
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            arrived.SetResult();
        }

        public Task FetchAsync(Job job, CancellationToken stop) => Task.CompletedTask;

        public async Task SendAsync(Job job, ulong identity, CheckpointMoment moment, CancellationToken stop)
        {
            Sent.Enqueue(moment);
            _next.Writer.TryWrite(moment);
            try
            {
                await _arrived.Task.WaitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                IsGivenUp = true;
                throw;
            }
        }
    }

    /// <summary>Whose host takes nothing any more.</summary>
    private sealed class StuckCourier : ICourier
    {
        public TaskCompletionSource Sending { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FetchAsync(Job job, CancellationToken stop) => Task.CompletedTask;

        public Task SendAsync(Job job, ulong identity, CheckpointMoment moment, CancellationToken stop)
        {
            Sending.TrySetResult();
            return Task.Delay(Timeout.Infinite, stop);
        }
    }
}
