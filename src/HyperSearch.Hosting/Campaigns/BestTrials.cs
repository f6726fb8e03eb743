using System.Collections.Immutable;
using HyperSearch.Hosting.Indexing;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Schedules;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Finds the best trials of a journal by the heads of its outcomes, and parses only those: one pass, a few bytes a
/// trial.</summary>
internal sealed class BestTrials
{
    private readonly List<(int Job, OutcomeState State, double Cost)?> _scores = [];
    private readonly Dictionary<int, List<(int Repeat, OutcomeState State, double? Value)>> _repeats = [];
    private readonly List<(int Trial, long Offset)> _outcomes = [];

    /// <summary>From this length of the journal on the index answers sooner, in bytes: 64 MiB, some 150,000 trials; see decision
    /// 0006.</summary>
    public const long IndexFrom = 64 << 20;

    /// <summary>The same length where trials are selected by a condition and the journal would have to be parsed in full: 8 MiB, some
    /// 20,000 trials.</summary>
    public const long FilteredFrom = 8 << 20;

    /// <summary>A campaign with its best trials only.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="definition">Reads the definition.</param>
    /// <param name="count">How many trials.</param>
    /// <param name="now">The present moment, UTC.</param>
    /// <param name="indexFrom">The length of the journal from which on the index is asked first, in bytes.</param>
    public static CampaignSnapshot Read(
        CampaignFolder folder, Func<CampaignFolder, CampaignCreated, Search> definition, int count, DateTimeOffset now,
        long indexFrom = IndexFrom) =>
        Read(folder, definition, null, 0, count, now, indexFrom) ?? new Campaign(folder, definition).Read();

    /// <summary>A campaign with the best trials that meet a condition.</summary>
    /// <returns><c>null</c> when only all trials together can tell the best.</returns>
    public static CampaignSnapshot? Read(
        CampaignFolder folder, Func<CampaignFolder, CampaignCreated, Search> definition, string? where, int skip, int take,
        DateTimeOffset now, long indexFrom = IndexFrom)
    {
        using var journal = new JournalReader(folder.JournalPath);
        Search? file = null;
        if (journal.TryAt(JournalFormat.HeaderSize, out _) && EventAt(journal, JournalFormat.HeaderSize) is CampaignCreated created
            && ((file = definition(folder, created)) is { Further.IsEmpty: false } or { Schedule: PbtSchedule }))
            return null; // who is on the front, and what a copy's ancestors were, only all trials together can tell
        if (IndexSwitch.IsOn && file is not null && journal.Length >= indexFrom
            && FromIndex(folder, journal, file, where, skip, take, now) is { } snapshot)
            return snapshot;
        return where is null ? FromHeads(folder, journal, definition, skip, take, now) : null;
    }

    private static CampaignSnapshot FromHeads(
        CampaignFolder folder, JournalReader journal, Func<CampaignFolder, CampaignCreated, Search> definition, int skip, int take,
        DateTimeOffset now)
    {
        var owned = CampaignLock.IsOwned(folder);
        var live = owned ? LiveStatusFile.Read(folder) : null;
        var (history, best) = (new CampaignHistory(folder), new BestTrials());
        Search? file = null;
        while (journal.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Event)
            {
                history.Observe(JournalEvents.Read(record));
                continue;
            }

            file ??= definition(folder, history.Created);
            var head = OutcomeHead.Read(record.Payload);
            history.ObserveTimes(head.Started, head.Seconds, head.Worker, best.Observe(head, record.Offset, file));
        }

        var search = history.InForce(file ?? definition(folder, history.Created));
        var trials = best.Page(journal, skip, take, search);
        var states = best.States().ToImmutableSortedDictionary().ToBuilder();
        foreach (var trial in trials)
            states[trial.State]--;
        return history.Snapshot(search, trials, owned, live, now) with
        {
            Omitted = states.Values.Sum(),
            OmittedStates = states.ToImmutable(),
            OmittedValues = best.ValuesWithout(trials, search.Maximize),
            OmittedRepeats = best._repeats.Values.Sum(repeats => repeats.Count) - trials.Sum(trial => trial.Repeats.Length),
        };
    }

    private static CampaignSnapshot? FromIndex(
        CampaignFolder folder, JournalReader journal, Search file, string? where, int skip, int take, DateTimeOffset now)
    {
        var filter = where is null ? null : TrialFilter.Parse(where, file);
        var devRows = EventAt(journal, JournalFormat.HeaderSize) is CampaignCreated created ? created.DevRows : null;
        if (IndexQuery.Best(folder, filter, skip, take, file, devRows) is not { } answer)
            return null;
        var history = new CampaignHistory(folder);
        foreach (var offset in answer.Events)
            history.Observe(EventAt(journal, offset));
        history.Sessions.Recall(answer.Elapsed);
        var trials = Trial.Fold(Parse(journal, answer.Outcomes), file.Objective.Epochs);
        return history.Snapshot(history.InForce(file), trials, owned: false, null, now) with
        {
            Omitted = answer.Trials - trials.Length,
            OmittedValues = answer.Near
        };
    }

    /// <summary>Takes note of an outcome, and says whether it is the first of its trial.</summary>
    private bool Observe(in OutcomeHead head, long offset, Search search)
    {
        _outcomes.Add((head.Trial, offset));
        if (head.Repeat > 0)
        {
            if (!_repeats.TryGetValue(head.Trial, out var repeats))
                _repeats[head.Trial] = repeats = [];
            repeats.Add((head.Repeat, head.State, head.Value));
            return false;
        }

        while (_scores.Count <= head.Trial)
            _scores.Add(null);
        var known = _scores[head.Trial];
        if (known is { } further && further.Job > head.Job)
            return false; // an earlier job of the trial that was lost and run again
        _scores[head.Trial] =
            (head.Job, Trial.StateAfter(head.State, head.ToEpochs, search.Objective.Epochs), RankPlace.CostOf(head.Value, search.Maximize));
        return known is null;
    }

    /// <summary>How many trials ended in which way.</summary>
    private IEnumerable<KeyValuePair<OutcomeState, int>> States() =>
        _scores.OfType<(int Job, OutcomeState State, double Cost)>().CountBy(score => score.State);

    /// <summary>The values of all trials that completed the full budget but these, as measured.</summary>
    private ImmutableArray<double> ValuesWithout(ImmutableArray<Trial> trials, bool maximize)
    {
        var read = trials.Select(trial => trial.Number).ToHashSet();
        return [.. _scores.Index()
            .Where(entry => entry.Item is { State: OutcomeState.Completed, Cost: < double.PositiveInfinity } && !read.Contains(entry.Index))
            .Select(entry => maximize ? -entry.Item!.Value.Cost : entry.Item!.Value.Cost)];
    }

    /// <summary>The trials at some ranks. Heads do not tell equals apart, so all equals of the first and the last of them are parsed
    /// too.</summary>
    private ImmutableArray<Trial> Page(JournalReader journal, int skip, int take, Search search)
    {
        var places = Places(search.Maximize).ToArray();
        var count = (int)Math.Min((long)skip + take, places.Length);
        if (skip >= count)
            return [];
        var best = new SortedSet<RankPlace>();
        foreach (var place in places)
        {
            if (best.Count == count && place.CompareTo(best.Max) > 0)
                continue;
            best.Add(place);
            if (best.Count > count)
                best.Remove(best.Max);
        }

        RankPlace[] page = [.. best.Skip(skip)];
        var (first, last) = (page[0].Level, page[^1].Level);
        var ahead = best.Count(place => place.Level.CompareTo(first) < 0);
        var equals = places.Where(place => place.Level == first || place.Level == last).ToArray();
        var isWhole = double.IsPositiveInfinity(last.Cost)
            || equals.Length == best.Count(place => place.Level == first || place.Level == last);
        if (isWhole && ahead == skip)
            return Trials(page);
        var levels = places.Where(place => place.Level.CompareTo(first) >= 0 && place.Level.CompareTo(last) <= 0)
            .ToDictionary(place => place.Trial);
        return
        [
            .. Trials(levels.Values).OrderBy(trial => levels[trial.Number].Among(TieBreak.Of(trial, trial.Confirmed)))
                .Skip(skip - ahead).Take(page.Length).OrderBy(trial => trial.Number),
        ];

        ImmutableArray<Trial> Trials(IEnumerable<RankPlace> wanted)
        {
            var numbers = wanted.Select(place => place.Trial).ToHashSet();
            return Trial.Fold(Parse(journal, _outcomes.Where(outcome => numbers.Contains(outcome.Trial)).Select(outcome => outcome.Offset)),
                search.Objective.Epochs);
        }
    }

    /// <summary>Every trial's place, as far as the heads tell it.</summary>
    private IEnumerable<RankPlace> Places(bool maximize)
    {
        var confirmed = _repeats.Where(entry => entry.Key < _scores.Count && _scores[entry.Key] is not null)
            .Select(entry => (Trial: entry.Key, Confirmed: Confirmation.Of(entry.Value))).Where(entry => entry.Confirmed is not null)
            .ToDictionary(entry => entry.Trial, entry => entry.Confirmed);
        var bestConfirmed = confirmed.Keys.Select(trial => _scores[trial]!.Value).Where(score => score.State == OutcomeState.Completed)
            .Select(score => score.Cost).DefaultIfEmpty(double.NaN).Min();
        for (var trial = 0; trial < _scores.Count; trial++)
        {
            if (_scores[trial] is var (_, state, cost))
                yield return RankPlace.Of(trial, state, cost, confirmed.GetValueOrDefault(trial), maximize, bestConfirmed);
        }
    }

    private static ImmutableArray<Outcome> Parse(JournalReader journal, IEnumerable<long> offsets)
    {
        var decoder = new JobDecoder();
        var outcomes = ImmutableArray.CreateBuilder<Outcome>();
        foreach (var offset in offsets)
            outcomes.Add(decoder.Read(JournalFormat.Open(Whole(journal, offset), offset)));
        return outcomes.ToImmutable();
    }

    private static CampaignEvent EventAt(JournalReader journal, long offset) =>
        JournalEvents.Read(JournalFormat.Open(Whole(journal, offset), offset));

    private static ReadOnlySpan<byte> Whole(JournalReader journal, long offset) => journal.TryAt(offset, out var record)
        ? record
        : throw new StoreException($"The journal has no whole record at offset {offset}, where one is expected; \"hypersearch " +
            "doctor\" says what is wrong.");
}
