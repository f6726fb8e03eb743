using System.Globalization;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Execution;

/// <summary>People step in at random moments in every way there is, and the owner dies after any record: what it had told as done holds,
/// and whoever goes on comes to the same trials, with one worker as with four.</summary>
public sealed class SteeredCampaignTests : IDisposable
{
    private static readonly ISchedule[] Schedules =
    [
        new FullSchedule(),
        new AshaSchedule { MinEpochs = 1, Factor = 3 },
        new HyperbandSchedule { MinEpochs = 1, Factor = 3 },
        new MedianSchedule { MinTrials = 3 },
        new SuccessiveHalvingSchedule { MinEpochs = 1, Factor = 3 },
        new AshaSchedule { MinEpochs = 1, Factor = 3, Stopping = true },
        new PbtSchedule { StepEpochs = 2 },
    ];

    private readonly Scratch _scratch = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static int Rounds =>
        int.Parse(Environment.GetEnvironmentVariable("HYPERSEARCH_STEER_ROUNDS") ?? "7", CultureInfo.InvariantCulture);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Campaign_IsAFunctionOfItsRecordWhateverPeopleWishAndWheneverItsOwnerDies()
    {
        var kinds = new HashSet<Type>();
        for (var round = 0; round < Rounds; round++)
        {
            var random = RandomStream.For((ulong)round, 0, "steering");
            var search = SearchOf(round);
            var folder = new CampaignFolder(Path.Combine(_scratch.Results, $"{round}"));
            await SteerAsync(Open(folder, search, 1 + (int)(random.NextULong() % 4)), random);
            var entries = new FileJournal(folder.JournalPath).Read().ToList();
            kinds.UnionWith(entries.Select(entry => entry.Event?.GetType()).OfType<Type>());
            var told = entries.Where(entry => entry.Event is TrialStopped or PointEnqueued or TrialsChanged)
                .Select(entry => entry.Position);
            var any = Enumerable.Range(0, 1).Select(_ => entries[(int)(random.NextULong() % (ulong)entries.Count)].Position);
            foreach (var death in told.OrderBy(_ => random.NextULong()).Take(2).Concat(any).Distinct())
                await GoesOnAlikeAsync(folder, search, entries, death, $"round {round}, dead after record {death.Records}");
        }

        Type[] wanted = [typeof(TrialStopped), typeof(PointEnqueued), typeof(TrialsChanged), typeof(CampaignPaused)];
        Assert.Empty(wanted.Except(kinds));
    }

    private static Search SearchOf(int round) => new()
    {
        Name = "steered",
        Objective = new DelegateDefinition { Epochs = 9 },
        Metric = "loss",
        Space = new Space([new Parameter("x", new UniformScale(0, 1)), new Parameter("kind", new ChoiceScale("a", "b"))]),
        Sampler = (round / Schedules.Length) % 2 == 0 ? new CoarseToFineSampler() : new RandomSampler(),
        Schedule = Schedules[round % Schedules.Length],
        Seed = (ulong)round,
        Trials = 18,
        Slots = 4,
        Confirm = round % 3 == 0 ? null : new Confirm { Top = 2, Repeats = 2 },
        Limits = new Limits { Retries = 0 },
    };

    /// <summary>Runs a campaign to its end while somebody wishes something after every few outcomes.</summary>
    private static async Task SteerAsync(CampaignRequest request, RandomStream random)
    {
        var running = Session.RunAsync(request, stop: Stop);
        var campaign = Campaign.Open(request.Folder);
        var isPaused = false;
        for (var outcomes = 0; !running.IsCompleted;)
        {
            outcomes += (int)(random.NextULong() % 6);
            while (!isPaused && !running.IsCompleted && campaign.ReadOutcomes().Count < outcomes)
                await Task.Delay(1, Stop);
            var wish = WishOf(random, isPaused, campaign.ReadOutcomes().Select(outcome => outcome.Trial).DefaultIfEmpty(0).Max());
            if ((await ControlSocket.AskAsync(request.Folder, wish, Stop)).Done)
                isPaused = wish.What == WishKind.Pause || (isPaused && wish.What != WishKind.GoOn);
        }

        Assert.True((await running).Finished);
    }

    private static Wish WishOf(RandomStream random, bool isPaused, int highest) => (random.NextULong() % 8) switch
    {
        0 => new Wish(WishKind.Enqueue) { Point = FormattableString.Invariant($"{{x: {random.NextDouble():0.000}}}") },
        1 => new Wish(WishKind.MoreTrials) { Trials = 19 + (int)(random.NextULong() % 6) },
        2 => new Wish(WishKind.RetryFailed),
        3 or 4 => new Wish(isPaused ? WishKind.GoOn : WishKind.Pause),
        _ => new Wish(WishKind.StopTrial) { Trial = Math.Max(0, highest + 3 - (int)(random.NextULong() % 8)) },
    };

    /// <summary>Goes on after a death with one worker and with four.</summary>
    private async Task GoesOnAlikeAsync(
        CampaignFolder folder, Search search, List<JournalEntry> entries, JournalPosition death, string what)
    {
        List<List<string>> facts = [];
        foreach (var workers in (int[])[1, 4])
        {
            var copy = new CampaignFolder(Path.Combine(_scratch.Results, $"{folder.Name}-{death.Records}-{workers}"));
            Directory.CreateDirectory(copy.Path);
            File.WriteAllBytes(copy.JournalPath, File.ReadAllBytes(folder.JournalPath)[..(int)death.Offset]);
            File.Copy(folder.SearchPath, copy.SearchPath);
            Assert.True((await Session.RunAsync(Open(copy, search, workers), stop: Stop)).Finished, what);
            facts.Add(Session.Facts(copy));
            var kept = entries.Where(entry => entry.Position.Records <= death.Records).ToList();
            Holds(Campaign.Open(copy), [.. kept.Select(entry => entry.Event).OfType<CampaignEvent>()], what);
            if (workers == 4 && WouldEndAlike(entries, kept))
                Assert.Equal(Session.Facts(folder), facts[1]);
            Directory.Delete(copy.Path, recursive: true);
        }

        Assert.True(facts[0].SequenceEqual(facts[1]), what);
    }

    /// <summary>Whether nobody stepped in after a death, and every job that was stopped ended at the first epoch where it might: not so a
    /// job that measured that epoch while it was being stopped.</summary>
    private static bool WouldEndAlike(List<JournalEntry> all, List<JournalEntry> kept) =>
        all.Skip(kept.Count).All(entry => entry.Event is not (TrialStopped or PointEnqueued or TrialsChanged))
        && all.Select(entry => entry.Event).OfType<TrialStopped>().SelectMany(stop => stop.Jobs).All(stopped =>
            all.Select(entry => entry.Outcome).OfType<Outcome>().Single(outcome => outcome.Job == stopped.Job) is var outcome
                && outcome.Epochs == stopped.Epoch && outcome.State != OutcomeState.Completed);

    /// <summary>What was told as done before the death is so at the end.</summary>
    private static void Holds(Campaign campaign, CampaignEvent[] told, string what)
    {
        var outcomes = campaign.ReadOutcomes();
        foreach (var stop in told.OfType<TrialStopped>())
        {
            var own = outcomes.Where(outcome => outcome.Trial == stop.Trial).ToList();
            Assert.True(own.TrueForAll(outcome => outcome.Job < stop.FromJob), $"{what}: trial {stop.Trial} went on");
            foreach (var job in stop.Jobs)
                Assert.True(own.Exists(outcome => outcome.Job == job.Job && outcome.Epochs >= Math.Min(job.Epoch, outcome.Epochs)), what);
        }

        var points = told.OfType<PointEnqueued>().ToList();
        var taken = Trial.Fold(outcomes, 9).Where(trial => trial.Origin is { Kind: OriginKind.Enqueued, Note: null })
            .Select(trial => trial.Point);
        Assert.Equal(points.Select(point => point.Point.ToString()), taken.Select(point => point.ToString()));
        if (told.OfType<TrialsChanged>().LastOrDefault() is { } more)
            Assert.Equal(more.Trials, outcomes.Select(outcome => outcome.Trial).Max() + 1);
        Assert.All(Trial.Fold(outcomes, 9), trial => Assert.Equal(
            trial.Repeats.Count(repeat => repeat.State == OutcomeState.Completed), trial.Confirmed?.Values.Length ?? 0));
    }

    private static CampaignRequest Open(CampaignFolder folder, Search search, int workers) =>
        KeptCampaign.Open(folder.Path, search, new Valley(), TimeProvider.System) with { Workers = workers };

    /// <summary>Every fifth trial fails; each has noise of its own.</summary>
    private sealed class Valley : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop)
        {
            if (job.Job is { Trial: var trial, Repeat: 0 } && trial % 5 == 4)
                throw new InvalidOperationException("made to fail");
            var noise = RandomStream.For(job.Job.Seed, 0, "noise").NextDouble();
            for (var epoch = job.Job.FromEpochs + 1; epoch <= job.Job.ToEpochs; epoch++)
            {
                stop.WaitHandle.WaitOne(1); // so that people can step in between two outcomes
                var loss = Math.Abs(job.Job.Point["x"].Number - 0.3) + (0.2 * noise) + (1.0 / epoch);
                if (!job.Report(epoch, new Dictionary<string, double> { ["loss"] = loss }))
                    return;
            }
        }
    }
}
