using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Objectives;

public sealed class CommandCampaignTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Campaign_InterruptedAndResumedEqualsOneThatWasNot()
    {
        var search = SearchFile.Read(Path.Combine(Repository.Folder("searches"), "shell.yaml")) with { Trials = 12 };
        var straight = Session.Create(_scratch.Results, search, "straight");
        await Session.RunAsync(straight, search, ObjectiveFactory.Create(search, TimeProvider.System),
            stop: TestContext.Current.CancellationToken);

        var broken = Session.Create(_scratch.Results, search, "broken");
        var sessions = 0;
        for (CampaignEnding? ending = null; ending is not { Finished: true }; sessions++)
        {
            using var interrupt = new CancellationTokenSource();
            ending = await Session.RunAsync(broken, search, ObjectiveFactory.Create(search, TimeProvider.System), workers: 1,
                observer: new Interruption(interrupt), stop: interrupt.Token);
        }

        Assert.True(sessions > 1, "The interruptions did not interrupt.");
        Assert.Equal(Session.Facts(straight), Session.Facts(broken));
        Assert.True(File.Exists(Path.Combine(broken.LogFolder, "000003-0.log")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Campaign_TakesTheLastMeasurementAndToleratesOnesWithoutTheMetric()
    {
        var ending = await Run(
            """[sh, -c, 'echo "{{\"train\": 1}}"; echo "{{\"epoch\": 1, \"loss\": {x}}}"']""", TestContext.Current.CancellationToken);
        Assert.Equal(4, ending.Progress.Outcomes[OutcomeState.Completed]);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""[sh, -c, 'echo "{{\"loss\": NaN}}"']""", OutcomeState.Diverged, "loss became NaN")]
    [InlineData("""[sh, -c, 'echo "{{\"loss\": null}}"']""", OutcomeState.Diverged, "loss was null at epoch 1")]
    [InlineData("""[sh, -c, 'echo "{{\"loss\": 1e400}}"']""", OutcomeState.Diverged, "loss was 1e400, too large for a double, at epoch 1")]
    [InlineData("""[sh, -c, 'echo nothing']""", OutcomeState.Failed, "reported no loss")]
    [InlineData("""[sh, -c, 'echo "{{\"other\": 1}}"']""", OutcomeState.Failed, "reported no loss")]
    [InlineData("""[sh, -c, 'echo oh no; exit 9']""", OutcomeState.Failed, "exit code 9")]
    [InlineData("""[no-such-program]""", OutcomeState.Failed, "is not in PATH")]
    [InlineData("""[sh, -c, 'sleep 100']""", OutcomeState.TimedOut, "longer than its limit")]
    public async Task Campaign_SurvivesEveryWayToFail(string command, OutcomeState state, string reason)
    {
        var ending = await Run(command, TestContext.Current.CancellationToken);
        Assert.Equal(4, ending.Progress.Outcomes[state]);
        Assert.All(HyperSearch.Hosting.Campaigns.Campaign.Open(new(Path.Combine(_scratch.Results, "c"))).ReadOutcomes(),
            outcome => Assert.Contains(reason, outcome.Reason, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Campaign_EndsAtItsFirstTrialsWhenNoneReportsTheMetric()
    {
        var ending = await Run("""[sh, -c, 'echo "{{\"Loss\": 1}}"']""", TestContext.Current.CancellationToken, trials: 30);
        Assert.True(ending.FailedTooOften);
        Assert.StartsWith("The command reported no loss. It printed Loss; did you mean that? 3 trials in a row ended so", ending.Reason,
            StringComparison.Ordinal);
        Assert.InRange(ending.Progress.Trials, 3, 10); // the three, and what was under way
        Assert.All(HyperSearch.Hosting.Campaigns.Campaign.Open(new(Path.Combine(_scratch.Results, "c"))).ReadOutcomes(), outcome =>
        {
            Assert.Contains("It last printed:\n  {\"Loss\": 1}", outcome.Reason, StringComparison.Ordinal);
            Assert.Contains("logs/00000", outcome.Reason, StringComparison.Ordinal);
        });
    }

    [Fact(Timeout = 60_000)]
    public async Task Campaign_StopsACommandThatGoesPastItsBudget()
    {
        var ending = await Run(
            """[sh, -c, 'e=0; while [ $e -lt 27 ]; do e=$((e+1)); echo "{{\"epoch\": $e, \"loss\": 0.$e}}"; sleep 0.05; done']""",
            TestContext.Current.CancellationToken, epochs: 3);
        Assert.Equal(4, ending.Progress.Outcomes[OutcomeState.Completed]);
        Assert.All(HyperSearch.Hosting.Campaigns.Campaign.Open(new(Path.Combine(_scratch.Results, "c"))).ReadOutcomes(), outcome =>
        {
            Assert.Equal((3, 0.3), (outcome.Epochs, outcome.Value));
            Assert.InRange(outcome.Seconds, 0, 1); // not the 1.35 s of all its epochs
        });
    }

    [Fact(Timeout = 60_000)]
    public async Task Campaign_RunsABugAFewTimesOnly()
    {
        var ending = await Run("""[sh, -c, 'echo run >> runs; exit 3']""", TestContext.Current.CancellationToken, trials: 100, retries: 2);
        Assert.Equal("10 jobs in a row failed (limits.stop_after_failures)", ending.Reason);
        Assert.Equal(12, ending.Progress.Trials); // not 17: from the fifth failure on, no more are under way than are lacking
        Assert.Equal(24, File.ReadAllLines(Path.Combine(_scratch.Results, "runs")).Length); // not three times each
    }

    [Fact(Timeout = 60_000)]
    public async Task Campaign_TriesAgainWhenAnotherExitCodeComes()
    {
        var ending = await Run("""[sh, -c, 'echo >> n{trial}; c=$(wc -l < n{trial}); [ $c -lt 3 ] && exit $c; echo "{{\"loss\": 1}}"']""",
            TestContext.Current.CancellationToken, retries: 2);
        Assert.Equal(4, ending.Progress.Outcomes[OutcomeState.Completed]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Campaign_KeepsTheCheckpointsOfTheBestThree()
    {
        var ending = await Run(
            """[sh, -c, 'echo model > {checkpoint_dir}/model; echo "{{\"loss\": {x}}}"']""",
            TestContext.Current.CancellationToken, trials: 15);
        Assert.Equal(15, ending.Progress.Outcomes[OutcomeState.Completed]);
        var campaign = HyperSearch.Hosting.Campaigns.Campaign.Open(new(Path.Combine(_scratch.Results, "c")));
        var best = campaign.ReadOutcomes().OrderBy(outcome => outcome.Value).Take(3).Select(outcome => outcome.Trial).Order();
        var kept = Directory.GetDirectories(Path.Combine(_scratch.Results, "c", "checkpoints"));
        var numbers = kept.Select(path => int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(best, numbers.Order());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("latncy", "It printed latncy, loss. Did you mean \"latncy\"?")]
    [InlineData("time", "It printed loss, time.")]
    public async Task Campaign_EndsAtItsFirstTrialsWhenNoneReportsAMetricThatIsTradedOff(string printed, string said)
    {
        var command = """[sh, -c, 'echo "{{\"loss\": 1, \"NAME\": 2}}"']""".Replace("NAME", printed, StringComparison.Ordinal);
        var ending = await Run(command, TestContext.Current.CancellationToken, trials: 30, metrics: "[loss, latency]");
        Assert.True(ending.FailedTooOften);
        Assert.StartsWith($"The command reported no latency, which is traded off against loss. {said}", ending.Reason,
            StringComparison.Ordinal);
        Assert.InRange(ending.Progress.Trials, 3, 10);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""[sh, -c, 'echo "{{\"loss\": 1, \"latency\": NaN}}"']""", "latency", OutcomeState.Diverged)]
    [InlineData("""[sh, -c, 'echo "{{\"loss\": 1}}"']""", "seconds", OutcomeState.Completed)]
    public async Task Campaign_KnowsAMetricThatIsNoNumberFromOneThatIsMissing(string command, string other, OutcomeState state)
    {
        var ending = await Run(command, TestContext.Current.CancellationToken, metrics: $"[loss, {other}]");
        Assert.Equal(4, ending.Progress.Outcomes[state]);
    }

    private async Task<CampaignEnding> Run(string command, CancellationToken stop, int trials = 4, int epochs = 1, int retries = 0,
        string metrics = "loss")
    {
        var search = SearchFile.Parse($$$"""
            objective: {command: {{{command}}}, grace: 100ms, epochs: {{{epochs}}}}
            minimize: {{{metrics}}}
            space: {x: {uniform: [0, 1]}}
            method: {sampler: random, trials: {{{trials}}}}
            limits: {trial_timeout: 2s, retries: {{{retries}}}}
            """, "c.yaml", _scratch.Results);
        return await Session.RunAsync(Session.Create(_scratch.Results, search, "c"), search,
            ObjectiveFactory.Create(search, TimeProvider.System), stop: stop);
    }

    /// <summary>Interrupts a session at its third outcome.</summary>
    private sealed class Interruption(CancellationTokenSource source) : ICampaignObserver
    {
        public void OnStarted(CampaignProgress progress)
        {
        }

        public void OnOutcome(Outcome outcome, CampaignProgress progress)
        {
            if (progress.Acknowledged == 3)
                source.Cancel();
        }

        public void OnEnded(CampaignEnding ending)
        {
        }
    }
}
