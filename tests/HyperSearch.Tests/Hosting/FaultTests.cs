using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.Time.Testing;

namespace HyperSearch.Tests.Hosting;

/// <summary>Faults among many trials: each ends as the table "What a fault ends in" of CONTRIBUTING says, and the campaign goes
/// on.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task WorkerExceptionsAtRandom_FailThoseTrialsAndNoOthers()
    {
        var search = PlannerRun.Search(new CoarseToFineSampler(), 200) with { Limits = new Limits { StopAfterFailures = 0 } };
        var folder = Session.Create(_scratch.Results, search);
        Exception[] kinds = [new InvalidOperationException("a"), new ArithmeticException("b"), new OperationCanceledException("c"),
            new StackException(), new TimeoutException("d")];
        var ending = await RunAsync(folder, search,
            (job, _) => RandomStream.For(1, (ulong)job.Trial, "fault").NextInt(4) == 0 ? throw kinds[job.Trial % kinds.Length] : 1);
        Assert.True(ending.Finished);
        Assert.All(Campaign.Open(folder).ReadOutcomes(), outcome => Assert.Equal(
            RandomStream.For(1, (ulong)outcome.Trial, "fault").NextInt(4) == 0 ? OutcomeState.Failed : OutcomeState.Completed,
            outcome.State));
        Assert.Equal(200, ending.Progress.Trials);
    }

    [Fact]
    public async Task OneTrialInTwentyHanging_IsTimedOutWithinTwiceItsLimit()
    {
        var limit = TimeSpan.FromMilliseconds(250);
        var search = PlannerRun.Search(new RandomSampler(),
            100) with
        { Limits = new Limits { TrialTimeout = limit, StopAfterFailures = 0 } };
        var folder = Session.Create(_scratch.Results, search);
        using var never = new ManualResetEventSlim();
        var ending = await RunAsync(folder, search, (job, stop) =>
        {
            if (job.Trial % 20 == 7)
                never.Wait(job.Trial % 40 == 7 ? stop : CancellationToken.None); // one kind leaves when told to, the other does not
            return 1;
        });
        never.Set();
        Assert.True(ending.Finished);
        var hung = Campaign.Open(folder).ReadOutcomes().Where(outcome => outcome.Trial % 20 == 7).ToList();
        Assert.Equal(5, hung.Count);
        Assert.All(hung, outcome => Assert.Equal(OutcomeState.TimedOut, outcome.State));
        var (tick, slack) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5)); // a timer's resolution, and a busy machine
        Assert.All(hung.Where(outcome => outcome.Trial % 40 == 7),
            outcome => Assert.InRange(outcome.Seconds, (limit - tick).TotalSeconds, (limit + slack).TotalSeconds));
        Assert.All(hung.Where(outcome => outcome.Trial % 40 != 7),
            outcome => Assert.InRange(outcome.Seconds, ((2 * limit) - tick).TotalSeconds, ((2 * limit) + slack).TotalSeconds));
        Assert.Equal(95, ending.Progress.Outcomes[OutcomeState.Completed]);
    }

    [Fact]
    public async Task ChildKilledBySigkill_IsTriedAgain()
    {
        var search = SearchFile.Parse("""
            objective:
              command:
              - sh
              - -c
              - 'test -e "$HYPERSEARCH_CHECKPOINT_DIR/second" && exec echo "{{\"loss\": {x}}}";
                touch "$HYPERSEARCH_CHECKPOINT_DIR/second"; kill -KILL $$'
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {sampler: random, trials: 4}
            """, "c.yaml", _scratch.Results);
        var folder = Session.Create(_scratch.Results, search);
        var ending = await Session.RunAsync(folder, search, ObjectiveFactory.Create(search, TimeProvider.System),
            stop: TestContext.Current.CancellationToken);
        Assert.True(ending.Finished);
        Assert.All(Campaign.Open(folder).ReadOutcomes(),
            outcome => Assert.Equal((OutcomeState.Completed, 2), (outcome.State, outcome.Attempts)));
    }

    [Fact]
    public async Task ClockSetBack_ShortensTimesAndNothingElse()
    {
        var search = PlannerRun.Search(new CoarseToFineSampler(), 40) with { Limits = new Limits { Time = TimeSpan.FromHours(1) } };
        var straight = Session.Create(_scratch.Results, search, "straight");
        await RunAsync(straight, search, (job, _) => job.Point["x"].Number);
        var folder = Session.Create(_scratch.Results, search);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        for (var session = 0; session < 2; session++)
        {
            using var stop = new CancellationTokenSource();
            await Session.RunAsync(folder, search, new FunctionObjective((job, _) =>
            {
                if (job.Job.Trial == 10)
                    time.AdjustTime(time.GetUtcNow() - TimeSpan.FromDays(2));
                if (job.Job.Trial == 20)
                    stop.Cancel();
                return job.Job.Point["x"].Number;
            }), time: time, stop: stop.Token);
        }

        Assert.Equal(Session.Facts(straight), Session.Facts(folder));
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Assert.InRange(store.ElapsedBefore, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task TimeLimit_IsATotalOverSessions()
    {
        var search = PlannerRun.Search(new RandomSampler(), 1_000) with { Limits = new Limits { Time = TimeSpan.FromMinutes(10) } };
        var folder = Session.Create(_scratch.Results, search);
        var time = new FakeTimeProvider();
        var done = 0;
        for (CampaignEnding? ending = null; ending is not { Finished: true };)
        {
            using var stop = new CancellationTokenSource();
            var calls = 0;
            ending = await Session.RunAsync(folder, search, new FunctionObjective((_, token) =>
            {
                if (Interlocked.Increment(ref calls) == 4)
                    stop.Cancel();
                token.ThrowIfCancellationRequested();
                time.Advance(TimeSpan.FromMinutes(1));
                return 1;
            }), workers: 1, time: time, stop: stop.Token);
            done += ending.Progress.Acknowledged;
            time.Advance(TimeSpan.FromHours(5)); // nobody works: this counts for nothing
        }

        Assert.InRange(done, 9, 11);
    }

    private static Task<CampaignEnding> RunAsync(CampaignFolder folder, Search search, Func<Job, CancellationToken, double> value) =>
        Session.RunAsync(folder, search, new FunctionObjective((job, stop) => value(job.Job, stop)),
            stop: TestContext.Current.CancellationToken);

    private sealed class StackException() : Exception("of a kind that nobody knows");
}
