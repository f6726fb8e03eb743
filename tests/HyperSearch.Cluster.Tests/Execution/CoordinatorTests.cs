using HyperSearch.Cluster.Execution;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Execution;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Cluster.Tests.Execution;

/// <summary>Threads of this process that get their jobs as leases keep the promises of all workers.</summary>
public sealed class CoordinatorTests : WorkersContract
{
    private static readonly LeaseRules Rules = new() { Beat = TimeSpan.FromSeconds(0.2) };

    internal override IWorkers Create(JobRunner runner, int workers, int slots)
    {
        var threads = new LocalWorkers(runner, workers, workers, trialTimeout: null, TimeProvider.System, NullLogger.Instance);
        var own = new OwnWorkers(HelloOf("own", workers), threads, Rules, TimeProvider.System, NullLogger.Instance);
        var facts = new HostFacts { Campaign = "c", Identity = "1", SearchText = "", SearchFolder = "" };
        return new Coordinator(facts, slots, own, [], _ => false, Rules, TimeProvider.System, NullLogger.Instance);
    }

    [Fact(Timeout = 60_000)]
    public async Task WhileOpen_KeepsWorkersOutOfTheFolderThatAThreadOfTheHostWorksIn()
    {
        using var scratch = new Scratch();
        using var begun = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var stop = TestContext.Current.CancellationToken;
        var objective = new FunctionObjective((_, _) =>
        {
            begun.Set();
            mayEnd.Wait(stop);
            return 1;
        });
        var request = new CampaignRequest(PlannerRun.Search(), objective, new CampaignFolder(Path.Combine(scratch.Results, "c")));
        var workers = (Coordinator)Create(new JobRunner(request, TimeProvider.System, NullLogger.Instance), workers: 1, slots: 2);
        var running = workers.RunAsync(stop);
        var job = new Job(0, 0, new Point([new("x", 0.5)]), new Origin(OriginKind.Global), 0, 4, null, 1);
        await workers.Jobs.WriteAsync(job, stop);
        begun.Wait(stop);
        var isCalled = false;
        var standing = workers.WhileOpen(0, JobForm.IdentityOf(JobForm.Write(job)), _ => isCalled = true);
        mayEnd.Set();
        workers.Jobs.Complete();
        await running;
        Assert.Equal((JobStanding.Closed, false), (standing, isCalled));
    }

    [Fact(Timeout = 60_000)]
    public async Task ExchangeAsync_TellsWhyAWorkerLeaves()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var facts = new HostFacts { Campaign = "c", Identity = "1", SearchText = "", SearchFolder = "" };
        var host = new Coordinator(facts, 1, own: null, [], _ => false, Rules, TimeProvider.System, NullLogger.Instance);
        var reasons = new List<string>();
        host.Changed += entry => reasons.AddRange(entry is WorkerLeft left ? [left.Reason] : []);
        var running = host.RunAsync(stop.Token);
        foreach (var reason in new[] { null, "it cannot run trials any more" })
        {
            var hello = HelloOf($"w {reason}", 1) with { Labels = [] };
            await host.JoinAsync(hello);
            await host.ExchangeAsync(new Report(hello.Worker, 1, 1, 1, [], [], IsDraining: true, TimeSpan.Zero) { LeavesBecause = reason });
        }

        Assert.Equal(["it was told to leave", "it cannot run trials any more"], reasons);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void Members_ThatJoinAgainAreHeardAgain()
    {
        var members = new Members();
        var (member, _) = members.Add(HelloOf("w", 2), TimeSpan.Zero);
        var again = members.Add(HelloOf("w", 2), TimeSpan.FromSeconds(14)); // it is still fetching its data
        Assert.Equal((member, false), again);
        Assert.Equal(TimeSpan.FromSeconds(14), member.Heard);
    }

    [Fact(Timeout = 60_000)]
    public async Task Worker_ThatCannotWorkHere_LeavesWithItsReason()
    {
        var facts = new HostFacts { Campaign = "c", Identity = "1", SearchText = "", SearchFolder = "" };
        var session = new Coordinator(facts, 8, null, [], _ => false, Rules, TimeProvider.System, NullLogger.Instance);
        var events = new List<CampaignEvent>();
        session.Changed += events.Add;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = session.RunAsync(end.Token);
        await session.Jobs.WriteAsync(JobOf(0), end.Token);
        Assert.Equal(WelcomeKind.Joined, (await session.JoinAsync(HelloOf("w", 2))).Kind);
        await session.ExchangeAsync(Report.OfLeaving("w", 2, "the command is not here"));
        Assert.Equal("the command is not here", Assert.IsType<WorkerLeft>(events[^1]).Reason);
        Assert.Equal((0, 0), (session.Count, session.InFlight.Length));
        await end.CancelAsync();
        await running;
    }

    [Fact(Timeout = 60_000)]
    public async Task Worker_ThatASessionRefused_IsToldOnceAndHearsOfTheNextSession()
    {
        var needy = new HostFacts { Campaign = "c", Identity = "1", SearchText = "", SearchFolder = "", HasCommand = true };
        var hello = HelloOf("w", 2) with { RunsCommands = false };
        foreach (var facts in new[] { needy, needy with { Session = "next" } })
        {
            var session = new Coordinator(facts, 8, null, [], _ => false, Rules, TimeProvider.System, NullLogger.Instance);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var running = session.RunAsync(end.Token);
            var refused = await session.JoinAsync(hello);
            Assert.Equal((WelcomeKind.Refused, facts.Session), (refused.Kind, refused.Session));
            hello = hello with { Declined = refused.Session };
            Assert.Equal(WelcomeKind.NotYet, (await session.JoinAsync(hello)).Kind);
            Assert.Equal(facts.Session, (await session.JoinAsync(HelloOf("v", 1))).Session);
            await end.CancelAsync();
            await running;
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task InFlight_NamesTheProcessAndAFreeSlotOfAJobThatItHasJustGot()
    {
        var facts = new HostFacts { Campaign = "c", Identity = "1", SearchText = "", SearchFolder = "" };
        var session = new Coordinator(facts, 8, null, [], _ => false, Rules, TimeProvider.System, NullLogger.Instance);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = session.RunAsync(end.Token);
        await session.JoinAsync(HelloOf("w", 2));
        var holder = new LeaseHolder("w", 2);
        for (var job = 0; job < 2; job++)
        {
            await session.Jobs.WriteAsync(JobOf(job), end.Token);
            var report = holder.Next(TimeSpan.FromSeconds(1));
            holder.Take(report, await session.ExchangeAsync(report));
            holder.Reach(0, slot: 1, epoch: 1, value: 0.5);
        }

        Assert.Equal(
            [(0, 0, (double?)null, "machine/1"), (1, 1, 0.5, "machine/1")],
            session.InFlight.OrderBy(job => job.Worker).Select(job => (job.Worker, job.Epoch, job.Value, job.Place)));
        await end.CancelAsync();
        await running;
    }

    private protected override Task SettledAsync(IWorkers workers, int job) =>
        Task.Delay(Rules.Beat * 2, TestContext.Current.CancellationToken);

    private static Hello HelloOf(string name, int slots) =>
        new(Protocol.Version, Protocol.Product, name, "machine", 1, 2, slots, [], "", "", RunsCommands: true);
}
