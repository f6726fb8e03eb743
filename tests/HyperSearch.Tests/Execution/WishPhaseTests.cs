using HyperSearch.Hosting;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Execution;

/// <summary>Each wish in each phase of a session is fulfilled, or refused in a sentence that is true.</summary>
public sealed class WishPhaseTests : IDisposable
{
    /// <summary>The phases, in the order of the columns below.</summary>
    private static readonly string[] Phases = ["starting", "searching", "confirming", "judging", "ended"];

    /// <summary>What is said; <c>+</c> begins what was done.</summary>
    private static readonly Dictionary<string, string[]> Said = new()
    {
        ["stop"] = ["+It stops: trials", "+It stops: trials", "+It stops: trials", "+its winner is judged when it goes on", "does not run"],
        ["pause"] = ["+It is paused", "+It is paused", "+It is paused", "which cannot be paused", "does not run"],
        ["go on"] = ["is not paused", "is not paused", "is not paused", "is not paused", "does not run"],
        ["more"] = ["+It goes on to 9 trials", "+It goes on to 9 trials", "The search has ended", "The search has ended", "does not run"],
        ["enqueue"] = ["+It is the next", "+It is the next", "The search has ended", "The search has ended", "does not run"],
        ["retry"] = ["no failed trial", "no failed trial", "The search has ended", "The search has ended", "does not run"],
        ["stop trial 0"] =
            ["+stops at the next epoch", "+stops at the next epoch", "has ended already", "The search has ended", "does not run"],
        ["stop trial 3"] =
            ["+stops at the next epoch", "+stops at the next epoch", "+repeated no further", "The search has ended", "does not run"],
        ["stop trial 5"] = ["has not begun", "has not begun", "has ended already", "The search has ended", "does not run"],
    };

    private readonly Scratch _scratch = new();

    private static Search Search => new()
    {
        Name = "steered",
        Objective = new DelegateDefinition { Epochs = 3 },
        Metric = "loss",
        Space = new Space([new Parameter("x", new UniformScale(0, 1))]),
        Trials = 6,
        Slots = 4,
        Confirm = new Confirm { Top = 1, Repeats = 2 },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Wishes =>
        [.. Said.Keys.SelectMany(wish => Phases.Select(phase => new TheoryDataRow<string, string>(wish, phase)))];

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(Wishes))]
    public async Task Wish_IsAnsweredWithWhatIsTrueInItsPhase(string wish, string phase)
    {
        var objective = new Held(phase, phase == "starting" ? "searching" : phase);
        var request = Open(objective);
        var running = Session.RunAsync(request, stop: Stop);
        if (phase == "ended")
            await running;
        else
            await objective.ReachedAsync();

        var asked = ControlSocket.AskAsync(request.Folder, WishOf(wish), Stop);
        if (phase == "starting")
        {
            if (wish is "stop" or "pause" or "go on") // the others wait for the plan
                await asked;
            objective.Open("starting");
        }

        var answer = await asked;
        var said = Said[wish][Array.IndexOf(Phases, phase)];
        Assert.Contains(said.TrimStart('+'), answer.Said, StringComparison.Ordinal);
        Assert.Equal(said[0] == '+', answer.Done);
        if (phase == "ended")
            return;
        if ((wish, answer.Done) == ("pause", true))
            Assert.True((await ControlSocket.AskAsync(request.Folder, new Wish(WishKind.GoOn), Stop)).Done);
        objective.Open(phase);
        objective.Open("searching");
        Assert.Equal(wish != "stop", (await running).Finished);
        Assert.True(wish == "stop" || (await Session.RunAsync(Open(new Held("")), stop: Stop)).Finished);
    }

    /// <summary>A pause that was told as done holds: where the last outcome comes while it is paused, the winner is not judged.</summary>
    [Fact]
    public async Task Pause_HoldsTheJudgingBack()
    {
        var objective = new Held("confirming");
        var request = Open(objective);
        var running = Session.RunAsync(request, stop: Stop);
        await objective.ReachedAsync();
        Assert.True((await ControlSocket.AskAsync(request.Folder, new Wish(WishKind.Pause), Stop)).Done);
        objective.Open("confirming");
        var campaign = HyperSearch.Hosting.Campaigns.Campaign.Open(request.Folder);
        while (campaign.ReadOutcomes().Count < 8)
            await Task.Delay(5, Stop);
        while ((await ControlSocket.AskAsync(request.Folder, new Wish(WishKind.RetryFailed), Stop)) is var answer)
        {
            Assert.False(answer.Done);
            if (answer.Said.Contains("The search has ended", StringComparison.Ordinal))
                break;
        }

        Assert.True(campaign.Read().IsPaused);
        Assert.False(objective.HasJudged);
        Assert.True((await ControlSocket.AskAsync(request.Folder, new Wish(WishKind.GoOn), Stop)).Done);
        Assert.True((await running).Finished);
        Assert.True(objective.HasJudged);
        Assert.False(campaign.Read().IsPaused);
    }

    private static Wish WishOf(string wish) => wish switch
    {
        "stop" => new Wish(WishKind.Stop),
        "pause" => new Wish(WishKind.Pause),
        "go on" => new Wish(WishKind.GoOn),
        "more" => new Wish(WishKind.MoreTrials) { Trials = 9 },
        "enqueue" => new Wish(WishKind.Enqueue) { Point = "{x: 0.5}" },
        "retry" => new Wish(WishKind.RetryFailed),
        _ => new Wish(WishKind.StopTrial) { Trial = wish[^1] - '0' },
    };

    private CampaignRequest Open(Held objective) =>
        KeptCampaign.Open(Path.Combine(_scratch.Results, "c"), Search, objective, TimeProvider.System) with { Workers = 2 };

    /// <summary>Holds a session in phases until they are opened. Trial 3 is the best.</summary>
    private sealed class Held(params string[] phases) : IObjective
    {
        private readonly Dictionary<string, ManualResetEventSlim> _gates =
            phases.Distinct().ToDictionary(phase => phase, _ => new ManualResetEventSlim());

        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool JudgesWinner => true;

        public bool HasJudged { get; private set; }

        public Task ReachedAsync() => _reached.Task;

        public void Open(string phase) => _gates.GetValueOrDefault(phase)?.Set();

        public double WorkPerEpoch(Point point)
        {
            Hold("starting", Stop);
            return 1;
        }

        public void Run(IJobContext job, CancellationToken stop)
        {
            Hold(job.Job.Repeat > 0 ? "confirming" : "searching", stop);
            for (var epoch = 1; epoch <= 3; epoch++)
            {
                var loss = job.Job.Trial == 3 ? 0.1 : job.Job.Trial + 1.0;
                if (!job.Report(epoch, new Dictionary<string, double> { ["loss"] = loss }))
                    return;
            }
        }

        public Verdict? Judge(IReadOnlyList<Trial> ranked, Judging judging, CancellationToken stop)
        {
            Hold("judging", stop);
            HasJudged = true;
            return null;
        }

        private void Hold(string phase, CancellationToken stop)
        {
            if (!_gates.TryGetValue(phase, out var gate))
                return;
            _reached.TrySetResult();
            gate.Wait(stop);
        }
    }
}
