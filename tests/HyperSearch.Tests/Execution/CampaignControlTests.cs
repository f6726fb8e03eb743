using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Execution;

/// <summary>People step into a campaign that runs, by the socket of its owner.</summary>
public sealed class CampaignControlTests : IDisposable
{
    private readonly Scratch _scratch = new();

    private static Search Search => new()
    {
        Name = "steered",
        Objective = new DelegateDefinition { Epochs = 9 },
        Metric = "loss",
        Space = new Space([new Parameter("x", new UniformScale(0, 1)), new Parameter("kind", new ChoiceScale("a", "b"))]),
        Schedule = new AshaSchedule { MinEpochs = 1, Factor = 3 },
        Trials = 24,
        Slots = 4,
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    /// <summary>Every kind of wish, then a kill in the middle of what follows: the journal is the record, and whoever resumes it comes to
    /// the same trials.</summary>
    [Fact]
    public async Task Campaign_WithEveryInterventionGoesOnAlikeWithOneWorkerAndWithFour()
    {
        var folder = await SteerAsync();
        (CampaignFolder Folder, int Workers)[] copies = [(Copy(folder, "one"), 1), (Copy(folder, "four"), 4)];
        List<List<string>> facts = [];
        foreach (var (copy, workers) in copies)
        {
            var request = Open(copy.Path) with { Workers = workers };
            Assert.Equal(30, request.Search.Trials);
            Assert.True((await Session.RunAsync(request, stop: Stop)).Finished);
            facts.Add(Session.Facts(copy));
        }

        Assert.Equal(facts[0], facts[1]);
        var whole = Campaign.Open(copies[0].Folder).Read();
        Assert.Equal(30, whole.Trials.Length);
        Assert.Equal(3, whole.Interventions.Length);
        var enqueued = Assert.Single(whole.Trials, trial => trial.Origin.Kind == OriginKind.Enqueued);
        Assert.Equal((0.25, "b"), (enqueued.Point["x"].Number, enqueued.Point["kind"].ToString()));
        Assert.Contains(whole.Trials, trial => trial.Reason?.Contains("stopped by hand", StringComparison.Ordinal) == true);
        Assert.Equal(Session.Facts(folder), facts[0].Where(fact => Session.Facts(folder).Contains(fact)));
    }

    /// <summary>All trials have begun when people ask for the failed one again, and a kill comes before any outcome that follows: the
    /// next session's number of trials must not let another trial begin sooner in its place.</summary>
    [Fact]
    public async Task Retry_ThatNoOutcomeFollowedBeforeAKillStillStartsTheFailedTrial()
    {
        var gate = new Gate();
        var search = Search with { Schedule = new FullSchedule(), Trials = 4, Limits = new Limits { Retries = 0 } };
        var request = Open(Path.Combine(_scratch.Results, "c"), gate, search);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = Session.RunAsync(request, stop: stop.Token);
        await gate.ReachedAsync();
        var campaign = Campaign.Open(request.Folder);
        while (campaign.ReadOutcomes().Count < 2)
            await Task.Delay(5, Stop);
        WishAnswer answer;
        while (!(answer = await ControlSocket.AskAsync(request.Folder, new Wish(WishKind.RetryFailed), Stop)).Done)
            Assert.Contains("no failed trial", answer.Said, StringComparison.Ordinal); // the planner has not seen it yet
        await stop.CancelAsync();
        await running;

        var copy = Copy(request.Folder, "copy");
        Assert.True((await Session.RunAsync(Open(copy.Path, search: search), stop: Stop)).Finished);
        var trials = Campaign.Open(copy).Read().Trials;
        Assert.Equal(5, trials.Length);
        Assert.Equal("trial 0 again, which failed", trials[4].Origin.Note);
    }

    [Fact]
    public void Socket_WithTooLongAPathIsRefusedInWordsThatACampaignOutlives()
    {
        var path = Path.Combine(_scratch.Results, new string('x', 120), "c.sock");
        var refusal = Assert.Throws<IOException>(() => new ControlSocket(path, _ => throw new InvalidOperationException()));
        Assert.Contains("too long for a socket", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Socket_FolderMayInheritABitOfTheFolderAbove()
    {
        if (OperatingSystem.IsWindows())
            return;
        var above = Directory.CreateDirectory(Path.Combine(_scratch.Results, "group"));
        File.SetUnixFileMode(above.FullName, above.UnixFileMode | UnixFileMode.SetGroup);
        var socket = Path.Combine(above.FullName, "own", "c.sock");
        ControlPath.Make(socket);
        ControlPath.Make(socket);
        File.SetUnixFileMode(Path.GetDirectoryName(socket)!, UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        Assert.Throws<IOException>(() => ControlPath.Make(socket));
    }

    [Fact]
    public async Task Wish_ThatMakesNoSenseIsRefusedInASentence()
    {
        var gate = new Gate();
        var request = Open(Path.Combine(_scratch.Results, "c"), gate);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = Session.RunAsync(request, stop: stop.Token);
        await gate.ReachedAsync();
        await RefusedAsync(new Wish(WishKind.MoreTrials) { Trials = 24 }, "24 trials already", isWrong: true);
        await RefusedAsync(new Wish(WishKind.StopTrial) { Trial = 999 }, "Trial 999 has not begun");
        await RefusedAsync(new Wish(WishKind.Enqueue) { Point = "{x: 2}" }, "cannot be 2", isWrong: true);
        await RefusedAsync(new Wish(WishKind.Enqueue) { Point = "{y: 2}" }, "no parameter \"y\"", isWrong: true);
        await RefusedAsync(new Wish(WishKind.Enqueue) { Point = "[x" }, "names with values", isWrong: true);
        await RefusedAsync(new Wish(WishKind.Enqueue) { Point = "{x: null}" }, "names with values", isWrong: true);
        await RefusedAsync(new Wish(WishKind.Enqueue) { Point = "{}" }, "names with values", isWrong: true);
        await RefusedAsync(new Wish(WishKind.Enqueue) { Point = "{x: 0.1, x: 0.2}" }, "\"x\"", isWrong: true);
        var many = string.Join(", ", Enumerable.Range(0, 200).Select(i => $"y{i}: 1"));
        await RefusedAsync(new Wish(WishKind.Enqueue) { Point = $"{{{many}}}" }, "no parameter \"y0\"", isWrong: true);
        await RefusedAsync(new Wish(WishKind.RetryFailed), "no failed trial");
        await RefusedAsync(new Wish(WishKind.GoOn), "not paused");
        await RefusedAsync(new Wish(WishKind.Enqueue), "lacks", isWrong: true);
        var accepted = 0;
        while (accepted < 24 && (await AskAsync(new Wish(WishKind.Enqueue) { Point = "{x: 0.5}" })).Done)
            accepted++;
        Assert.InRange(accepted, 1, 23); // of 24 trials some have begun
        await RefusedAsync(new Wish(WishKind.Enqueue) { Point = "{x: 0.5}" }, "has begun or is enqueued");
        Assert.True((await AskAsync(new Wish(WishKind.Stop))).Done);
        gate.Open();
        Assert.False((await running).Finished);
        await RefusedAsync(new Wish(WishKind.Pause), "does not run");

        Task<WishAnswer> AskAsync(Wish wish) => ControlSocket.AskAsync(request.Folder, wish, Stop);

        async Task RefusedAsync(Wish wish, string sentence, bool isWrong = false)
        {
            var answer = await AskAsync(wish);
            Assert.Equal((false, isWrong), (answer.Done, answer.IsWrong));
            Assert.Contains(sentence, answer.Said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Campaign_PausedHandsNothingOutUntilItGoesOn()
    {
        var gate = new Gate();
        var request = Open(Path.Combine(_scratch.Results, "c"), gate);
        var running = Session.RunAsync(request, stop: Stop);
        await gate.ReachedAsync();
        Assert.True((await ControlSocket.AskAsync(request.Folder, new Wish(WishKind.Pause), Stop)).Done);
        var begun = gate.Begun;
        gate.Open();
        var campaign = Campaign.Open(request.Folder);
        while (campaign.ReadOutcomes().Count < gate.Begun)
            await Task.Delay(20, Stop); // what is in hand ends and is kept
        Assert.InRange(gate.Begun - begun, 0, 1); // the second worker may have been about to begin
        Assert.True((await ControlSocket.AskAsync(request.Folder, new Wish(WishKind.GoOn), Stop)).Done);
        Assert.True((await running).Finished);
        Assert.True(gate.Begun > begun + 1);
    }

    /// <summary>Runs a campaign, steps in in every way that changes decisions, and leaves it as a kill would: in the middle.</summary>
    private async Task<CampaignFolder> SteerAsync()
    {
        var gate = new Gate();
        var request = Open(Path.Combine(_scratch.Results, "steered"), gate);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = Session.RunAsync(request, stop: stop.Token);
        var trial = await gate.ReachedAsync();
        var campaign = Campaign.Open(request.Folder);
        await DoneAsync(new Wish(WishKind.StopTrial) { Trial = trial }, 1);
        gate.Open();
        await MoreThan(5);
        await DoneAsync(new Wish(WishKind.Enqueue) { Point = "{x: 0.25, kind: b}" }, 2);
        await MoreThan(9);
        await DoneAsync(new Wish(WishKind.MoreTrials) { Trials = 30 }, 3);
        await MoreThan(14);
        await stop.CancelAsync();
        await running;
        return request.Folder;

        // what is told as done is on disk
        async Task DoneAsync(Wish wish, int kept)
        {
            var answer = await ControlSocket.AskAsync(request.Folder, wish, Stop);
            Assert.True(answer.Done, answer.Said);
            Assert.Equal(kept, campaign.Read().Interventions.Length);
        }

        async Task MoreThan(int outcomes)
        {
            while (campaign.ReadOutcomes().Count <= outcomes)
                await Task.Delay(5, Stop);
        }
    }

    private CampaignFolder Copy(CampaignFolder folder, string name)
    {
        var copy = new CampaignFolder(Path.Combine(_scratch.Results, name));
        Directory.CreateDirectory(copy.Path);
        File.Copy(folder.JournalPath, copy.JournalPath);
        File.Copy(folder.SearchPath, copy.SearchPath);
        return copy;
    }

    private static CampaignRequest Open(string folder, Gate? gate = null, Search? search = null) =>
        KeptCampaign.Open(folder, search ?? Search, new Slow(gate, search is null ? null : 0), TimeProvider.System) with { Workers = 2 };

    /// <summary>Holds the first job of trial 2 in its first epoch until it is opened.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource<int> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _begun;

        public int Begun => Volatile.Read(ref _begun);

        public Task<int> ReachedAsync() => _reached.Task;

        public void Open() => _open.TrySetResult();

        public void Pass(Job job, CancellationToken stop)
        {
            Interlocked.Increment(ref _begun);
            if (job.Trial < 2)
                return;
            _reached.TrySetResult(job.Trial);
            _open.Task.Wait(stop);
        }
    }

    private sealed class Slow(Gate? gate, int? failing) : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop)
        {
            gate?.Pass(job.Job, stop);
            if (job.Job.Trial == failing)
                throw new InvalidOperationException("made to fail");
            for (var epoch = job.Job.FromEpochs + 1; epoch <= job.Job.ToEpochs; epoch++)
            {
                Thread.Sleep(1); // so that people can step in between two outcomes
                var loss = Math.Abs(job.Job.Point["x"].Number - 0.3) + 1.0 / epoch;
                if (!job.Report(epoch, new Dictionary<string, double> { ["loss"] = loss }))
                    return;
            }
        }
    }
}
