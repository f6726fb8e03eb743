using HyperSearch.Cluster.Leases;
using HyperSearch.Cluster.Tests.Simulation;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Cluster.Tests;

/// <remarks>
/// Mistakes made on purpose, and what found them. <see cref="EverySeed_KeepsTheRecordOfOneProcess"/>: acknowledge on arrival (seed 1),
/// take an outcome twice (1), lose the jobs of a worker that leaves (8), never forget a silent worker (8), skip the hash of an outcome
/// (20), grant nothing again (24). <see cref="WithoutFaults_EveryJobRunsOnceInOneExchange"/>: grant a job to two workers.
/// <see cref="PoisonousJobs_EndAsFailedAfterThreeWorkers"/>: one loss more or less, blame for what only waited.
/// <see cref="EndlessJobs_AreStopped"/>: forget a stop while the job waits. Not found: skip the hash of a job that is held or was claimed
/// (its outcome is refused later), one of the two ways in which an outcome is sent again (the other remains), and take a late report for
/// the present.
/// </remarks>
public sealed class LeaseSimulationTests
{
    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("HYPERSEARCH_CLUSTER_SEEDS"), out var seeds) ? seeds : 320;

    private static int Trials => Environment.GetEnvironmentVariable("HYPERSEARCH_CLUSTER_SEEDS") is null ? 10_000 : 60_000;

    [Fact]
    public void EverySeed_KeepsTheRecordOfOneProcess()
    {
        var (kills, hostKills, twice) = (0, 0, 0);
        for (ulong seed = 1; seed <= (ulong)Seeds; seed++)
        {
            try
            {
                var cluster = SimulatedCluster.Run(Scenario.At(seed), seed);
                (kills, hostKills, twice) = (kills + cluster.WorkerKills, hostKills + cluster.HostKills, twice + cluster.RanTwice);
            }
            catch (Exception broken) when (broken is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {broken.GetType().Name}: {broken.Message}\n{broken.StackTrace}");
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{Seeds} seeds: {kills} workers and {hostKills} hosts killed, {twice} jobs ran twice");
        Assert.True(kills > Seeds && hostKills > Seeds / 4 && twice > Seeds, $"the storm was a breeze: {kills} {hostKills} {twice}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public void WithoutFaults_EveryJobRunsOnceInOneExchange(ulong kind)
    {
        var scenario = Scenario.At(kind);
        var calm = new Scenario
        {
            Search = scenario.Search with { Trials = 400, Slots = 48 },
            Workers = 12,
            Rules = scenario.Rules with { BackupAfter = 0 },
        };
        var cluster = SimulatedCluster.Run(calm, kind);
        var jobs = cluster.Journal.Count;
        Assert.Equal((0, 0), (cluster.RanTwice, cluster.GivenUp));
        Assert.True(cluster.Messages <= (2.1 * jobs) + (4 * calm.Workers), $"{cluster.Messages} messages for {jobs} jobs");
    }

    /// <summary>A job that kills whoever runs it costs three workers, and the jobs that wait behind it nothing.</summary>
    [Fact]
    public void PoisonousJobs_EndAsFailedAfterThreeWorkers()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var scenario = new Scenario
            {
                Search = Scenario.Of(new FullSchedule(), 200, seed, new RandomSampler()),
                Rules = new LeaseRules { TimeToLive = TimeSpan.FromSeconds(1), Beat = TimeSpan.FromSeconds(0.3), BackupAfter = 0 },
                Poison = 0.05,
            };
            var cluster = SimulatedCluster.Run(scenario, seed);
            var failed = cluster.Journal.Count(outcome => outcome.State == OutcomeState.Failed);
            Assert.True(failed > 0);
            Assert.Equal(3 * failed, cluster.WorkerKills);
        }
    }

    /// <summary>A job that is told to stop hears of it, whatever is lost and whoever dies between.</summary>
    [Fact]
    public void EndlessJobs_AreStopped()
    {
        for (ulong seed = 0; seed < 48; seed++)
        {
            var scenario = Scenario.At(seed) with { Endless = 0.2 };
            SimulatedCluster.Run(scenario with { Rules = scenario.Rules with { BackupAfter = seed % 2 * 2.5 } }, seed);
        }
    }

    /// <summary>A campaign that is paused now and then ends, and its record is that of one process.</summary>
    [Fact]
    public void PausedCampaigns_GoOn()
    {
        for (ulong seed = 0; seed < 48; seed++)
            SimulatedCluster.Run(Scenario.At(seed) with { Pauses = 2 }, seed);
    }

    [Fact]
    public void Pause_HandsNothingOutAndTakesWhatComes()
    {
        var book = new LeaseBook("one", new LeaseRules { Beat = TimeSpan.FromSeconds(1) });
        var worker = new LeaseHolder("w", slots: 2);
        var jobs = Enumerable.Range(0, 3).Select(number =>
            new Job(number, number, new Point([new("x", 0.5)]), new Origin(OriginKind.Global), 0, 1, null, 1)).ToArray();
        Offer(0);
        var report = worker.Next(TimeSpan.Zero);
        var first = Assert.Single(book.Hear(report, TimeSpan.Zero).Answers).Reply;
        Assert.Equal(0, Assert.Single(first.Granted).Job);
        worker.Take(report, first);
        book.Pause();
        Assert.Empty(Offer(1).Answers);
        Assert.Empty(book.Hear(worker.Next(TimeSpan.FromSeconds(9)), TimeSpan.Zero).Answers);
        Assert.Empty(book.Sweep(TimeSpan.FromSeconds(1)).Answers);
        Offer(2);
        Assert.Equal(1, Assert.Single(Assert.Single(book.GoOn(TimeSpan.FromSeconds(1)).Answers).Reply.Granted).Job);

        Decisions Offer(int job) => book.Offer(jobs[job], JobForm.Write(jobs[job]), TimeSpan.Zero);
    }

    /// <summary>Each kind of campaign on a thousand workers that die, leave and lose messages, with a host that dies too.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ThousandWorkers_InAStormKeepTheRecordOfOneProcess(ulong kind)
    {
        var scenario = Scenario.At(kind);
        var storm = scenario.Stormy with { Search = scenario.Search with { Trials = 600, Slots = 1000 }, Workers = 1000, Slots = 1 };
        var cluster = SimulatedCluster.Run(storm with { Seconds = 5, HostLives = 3, MostHostKills = 3 }, kind);
        Assert.True(cluster.WorkerKills > 100 && cluster.HostKills > 0, $"{cluster.WorkerKills} {cluster.HostKills}");
    }

    /// <summary>Over several seeds: which jobs of one campaign come last, and so how long it takes, is chance.</summary>
    [Fact]
    public void Affinity_LeavesMostCheckpointsWhereTheyAre()
    {
        var (moved, movedWithout, seconds, secondsWithout) = (0, 0, 0.0, 0.0);
        for (ulong seed = 5; seed < 10; seed++)
        {
            var scenario = new Scenario
            {
                Search = Scenario.Of(new AshaSchedule { MinEpochs = 1, Factor = 3 }, 600, seed) with { Slots = 48 },
                Workers = 12,
                Seconds = 2,
            };
            var with = SimulatedCluster.Run(scenario, seed);
            var without = SimulatedCluster.Run(scenario with { Rules = scenario.Rules with { Affinity = 0 } }, seed);
            Assert.Equal(without.GoesOn, with.GoesOn);
            (moved, movedWithout) = (moved + with.Moved, movedWithout + without.Moved);
            (seconds, secondsWithout) = (seconds + with.Time.Now, secondsWithout + without.Time.Now);
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{moved} checkpoints moved, {movedWithout} without affinity; {seconds:F1} s, {secondsWithout:F1} s");
        Assert.True(moved < 0.6 * movedWithout, $"{moved} moved, {movedWithout} without affinity");
        Assert.True(seconds < 1.05 * secondsWithout, $"{seconds} s, {secondsWithout} s without affinity");
    }

    /// <summary>The second kind goes on from checkpoints, so that a job may wait for the worker that has its own.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ThousandWorkers_AreAsBusyAsThreads(bool goesOn)
    {
        ISchedule schedule = goesOn ? new AshaSchedule { MinEpochs = 1, Factor = 3 } : new FullSchedule();
        var scenario = new Scenario
        {
            Search = Scenario.Of(schedule, Trials, 7, new RandomSampler()) with { Slots = 4000 },
            Workers = 1000,
            Rules = new LeaseRules { BackupAfter = 0 },
        };
        var (cluster, threads) = (SimulatedCluster.Run(scenario, 7), SimulatedCluster.Run(scenario.Local, 7));
        TestContext.Current.SendDiagnosticMessage(
            $"{cluster.Journal.Count} jobs: busy {cluster.BusyShare:P1}, threads {threads.BusyShare:P1}; {cluster.Moved} of "
            + $"{cluster.GoesOn} checkpoints moved");
        Assert.True(cluster.BusyShare > threads.BusyShare - 0.02, $"busy {cluster.BusyShare:P1}, threads {threads.BusyShare:P1}");
    }

    [Fact]
    public void OneSeed_GivesOneTrace() => Assert.Equal(
        SimulatedCluster.Run(Scenario.At(1), 1).Time.Trace, SimulatedCluster.Run(Scenario.At(1), 1).Time.Trace);
}
