using System.Collections.Immutable;
using System.Threading.Channels;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Schedules;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Planning;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Tests.Execution;

/// <summary>A campaign whose slots follow the workers is a function of its record.</summary>
public sealed class SlotGrowthTests
{
    private const int Seeds = 12;
    private static readonly CampaignFolder Nowhere = new(Path.Combine(Path.GetTempPath(), "hypersearch-no-such-folder", "campaign"));

    private static readonly (string Name, ISchedule Schedule, Confirm? Confirm, bool Relaxed)[] Kinds =
    [
        ("full", new FullSchedule(), null, false),
        ("asha", new AshaSchedule { MinEpochs = 1, Factor = 3 }, null, false),
        ("halving", new SuccessiveHalvingSchedule { MinEpochs = 1, Factor = 3, Trials = 12 }, null, false),
        ("hyperband", new HyperbandSchedule { MinEpochs = 1, Factor = 3 }, null, false),
        ("confirm", new FullSchedule(), new Confirm { Top = 3, Repeats = 2 }, false),
        ("patience", new FullSchedule(), new Confirm { Top = 3, Repeats = 3 }, false),
        ("relaxed", new AshaSchedule { MinEpochs = 1, Factor = 3 }, null, true),
    ];

    public static TheoryData<string> Names => [.. Kinds.Select(kind => kind.Name)];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Names))]
    public async Task Campaign_ThatGrewAndWasKilled_IsAFunctionOfItsRecord(string kind)
    {
        var (grown, stop) = (0, TestContext.Current.CancellationToken);
        for (var seed = 0UL; seed < Seeds; seed++)
        {
            var random = RandomStream.For(seed, 0, kind);
            var journal = Begun(SearchOf(kind, seed));
            while (!IsFinished(journal))
            {
                await SessionAsync(journal, kind, seed, random, joins: true, 1 + random.NextInt(60), stop: stop);
                if (!IsFinished(journal) && random.NextInt(2) == 0)
                    journal = CutBack(journal, random); // a kill loses a tail
            }

            var record = Entries(journal);
            var changes = record.Select(entry => entry.Event).OfType<SlotsChanged>().ToList();
            grown += changes.Count;
            if (SearchOf(kind, seed).Relaxed)
            {
                // throws where a job does not follow from the record
                await SessionAsync(journal, kind, seed, random, joins: false, int.MaxValue, stop: stop);
                continue;
            }

            foreach (var workers in (int[])[1, 16])
            {
                var again = Begun(SearchOf(kind, seed));
                changes.ForEach(again.Append);
                again.Flush();
                await SessionAsync(again, kind, seed, random, joins: false, int.MaxValue, workers, stop: stop);
                Assert.Equal(Facts(record), Facts(Entries(again)));
            }
        }

        Assert.True(grown > Seeds, $"only {grown} changes were tried");
    }

    [Fact(Timeout = 60_000)]
    public async Task Change_BeforeTheFirstOutcome_HoldsFromTheNextJobOn()
    {
        var journal = Begun(SearchOf("full", 1));
        var ear = new Ear();
        await SessionAsync(journal, "full", 1, RandomStream.For(1, 0, "first"), joins: false, int.MaxValue, workers: 3, joinsFirst: 4,
            stop: TestContext.Current.CancellationToken, ear: ear); // no job ends before the change is on disk and was told
        var change = Assert.Single(Entries(journal).Select(entry => entry.Event).OfType<SlotsChanged>());
        Assert.Equal((8, 28), (change.FromJob, change.Slots)); // 7 workers whose jobs' costs are not known
    }

    [Fact(Timeout = 60_000)]
    public async Task Slots_OfAFileWithANumber_AreAPromise()
    {
        var journal = Begun(SearchOf("full", 1) with { AutoSlots = false });
        await SessionAsync(journal, "full", 1, RandomStream.For(1, 0, "promise"), joins: true, int.MaxValue, auto: false,
            stop: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Entries(journal), entry => entry.Event is SlotsChanged);
    }

    private static Search SearchOf(string name, ulong seed)
    {
        var (_, schedule, confirm, relaxed) = Kinds.First(kind => kind.Name == name);
        return PlannerRun.Search(new CoarseToFineSampler(), trials: 60, seed: seed) with
        {
            Objective = new TestObjective { Epochs = schedule is FullSchedule ? 1 : 9 },
            Schedule = schedule,
            Confirm = confirm,
            Relaxed = relaxed,
            AutoSlots = true,
            Limits = new Limits { Patience = name == "patience" ? 10 : null }, // a search that ends while jobs are under way
        };
    }

    private static MemoryJournal Begun(Search search)
    {
        var journal = new MemoryJournal();
        journal.Append(new CampaignCreated(DateTimeOffset.UnixEpoch, "", "", search.Seed, null)
        {
            Slots = search.AutoSlots ? SlotLaw.Choose(search, 1) : null,
            Edition = search.Edition,
        });
        journal.Flush();
        return journal;
    }

    private static async Task SessionAsync(
        MemoryJournal journal, string kind, ulong seed, RandomStream random, bool joins, int stopAfter, int workers = 1,
        int joinsFirst = 0, bool auto = true, Ear? ear = null, CancellationToken stop = default)
    {
        var search = SearchOf(kind, seed) with { AutoSlots = auto };
        var campaign = new Campaign(Nowhere, (_, _) => search, TimeProvider.System, journal);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var objective = new FunctionObjective(point => Math.Abs(point["x"].Number - 0.3) + Math.Abs(Math.Log10(point["y"].Number) + 2));
        var request = new CampaignRequest(campaign.Continue(search), objective, Nowhere)
        {
            Campaign = campaign,
            Workers = workers,
            Recruit = (runner, _) => new JoiningWorkers(runner, random, workers, joins, joinsFirst, stopAfter, interrupt, ear),
        };
        await new CampaignSession(request, ear is null ? [] : [ear], TimeProvider.System, NullLogger.Instance).RunAsync(interrupt.Token);
    }

    private static MemoryJournal CutBack(MemoryJournal journal, RandomStream random)
    {
        var kept = Entries(journal);
        var cut = new MemoryJournal();
        foreach (var entry in kept.Take(Math.Max(1, kept.Count - random.NextInt(20))))
        {
            if (entry.Outcome is { } outcome)
                cut.Append(outcome);
            else
                cut.Append(entry.Event!);
        }

        cut.Flush();
        return cut;
    }

    private static List<JournalEntry> Entries(MemoryJournal journal) => [.. journal.Read()];

    private static bool IsFinished(MemoryJournal journal) => Entries(journal)[^1].Event is SessionEnded { Finished: true };

    private static List<string> Facts(IEnumerable<JournalEntry> record) =>
        [.. record.Select(entry => entry.Outcome).OfType<Outcome>().OrderBy(outcome => outcome.Job).Select(outcome =>
            FormattableString.Invariant(
                $"{outcome.Job} {outcome.Key} {outcome.State} {outcome.Value:R} {outcome.Point} {outcome.Origin}"))];

    /// <summary>Hears when a change of the slots is on disk.</summary>
    private sealed class Ear : ICampaignObserver
    {
        private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Heard => _heard.Task;

        public void OnStarted(CampaignProgress progress)
        {
        }

        public void OnOutcome(Outcome outcome, CampaignProgress progress)
        {
        }

        public void OnEvent(CampaignEvent entry, CampaignProgress progress)
        {
            if (entry is SlotsChanged { Slots: var slots } && progress.Slots == slots)
                _heard.TrySetResult();
        }

        public void OnEnded(CampaignEnding ending)
        {
        }
    }

    /// <summary>Workers of which more join now and then, which end their jobs in any order, and which are told to stop some day.</summary>
    private sealed class JoiningWorkers(
        JobRunner runner, RandomStream random, int workers, bool join, int joinsFirst, int stopAfter, CancellationTokenSource interrupt,
        Ear? ear) : IWorkers
    {
        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();
        private readonly Channel<Outcome> _outcomes = Channel.CreateUnbounded<Outcome>();
        private readonly List<Job> _held = [];

        public event Action<CampaignEvent>? Changed;

        public ChannelWriter<Job> Jobs => _jobs.Writer;

        public ChannelReader<Outcome> Outcomes => _outcomes.Reader;

        public ImmutableArray<JobInFlight> InFlight => [];

        public int Count { get; private set; } = workers;

        public bool Paused => false;

        public void Stop(StopOrder order)
        {
        }

        public void Pause(bool paused)
        {
        }

        public async Task RunAsync(CancellationToken stop)
        {
            try
            {
                for (var ended = 0; ; ended++)
                {
                    var fewest = joinsFirst > 0 && ended == 0 ? SlotLaw.Fewest : 1;
                    while (_held.Count < fewest && await _jobs.Reader.WaitToReadAsync(stop))
                        TakeAll();
                    TakeAll();
                    if (_held.Count == 0)
                        break;
                    if (joinsFirst > 0 && ended == 0)
                    {
                        Join(joinsFirst);
                        await _jobs.Reader.WaitToReadAsync(stop); // more jobs come before the first of them has ended
                        await ear!.Heard.WaitAsync(stop);
                    }
                    else if (join && random.NextInt(6) == 0)
                    {
                        Join(1 + random.NextInt(3));
                    }

                    await EndOneAsync(stop);
                    if (ended + 1 == stopAfter)
                        await interrupt.CancelAsync();
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Interrupted: what is held is lost.
            }

            _outcomes.Writer.Complete();
        }

        private void TakeAll()
        {
            while (_jobs.Reader.TryRead(out var job))
                _held.Add(job);
        }

        private async Task EndOneAsync(CancellationToken stop)
        {
            var which = random.NextInt(_held.Count);
            var status = new WorkerStatus(0, TimeProvider.System);
            status.Take(_held[which]);
            var outcome = runner.Run(_held[which], status, stop);
            _held.RemoveAt(which);
            if (outcome is not null)
                await _outcomes.Writer.WriteAsync(outcome, stop);
        }

        private void Join(int more)
        {
            Count += more;
            Changed?.Invoke(new WorkerJoined(
                DateTimeOffset.UnixEpoch, "w", 0, more, "m", 1, 1, ImmutableSortedDictionary<string, string>.Empty));
        }
    }
}
