using System.Collections.Immutable;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>A campaign in its folder: the one door through which it is made, read, followed and continued.</summary>
/// <remarks>
/// <para>Reading never writes and never waits, whether or not a process runs the campaign. Any prefix of whole records is a state that the
/// campaign was in.</para>
/// <para>Each record of the journal is read once, however often the campaign is asked: a later question reads only the records that are
/// new. Not thread-safe.</para>
/// </remarks>
public sealed class Campaign
{
    private readonly IJournal _journal;
    private readonly Func<CampaignFolder, CampaignCreated, Search> _definition;
    private readonly TimeProvider _time;
    private readonly List<Outcome> _outcomes = [];
    private CampaignHistory _history;
    private JournalPosition _position;
    private Search? _first;
    private TrialFold? _trials;

    /// <summary>Names a campaign; nothing is read yet.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="definition">Reads the definition that it began with. Default: its search file's text in the journal.</param>
    /// <param name="time">The clock, which counts a session under way. Default: the system's.</param>
    /// <param name="journal">Its journal. Default: the file in its folder.</param>
    internal Campaign(CampaignFolder folder, Func<CampaignFolder, CampaignCreated, Search>? definition = null, TimeProvider? time = null,
        IJournal? journal = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (Folder, _definition, _time) = (folder, definition ?? FirstDefinition, time ?? TimeProvider.System);
        _journal = journal ?? new FileJournal(folder.JournalPath);
        _history = new CampaignHistory(folder);
    }

    /// <summary>The campaign's folder.</summary>
    public CampaignFolder Folder { get; }

    /// <summary>Whether a living process runs the campaign at this moment.</summary>
    public bool IsRunning => CampaignLock.IsOwned(Folder);

    /// <summary>The outcomes up to the last reading, in the order in which they were acknowledged.</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>The events up to the last reading, in order.</summary>
    public IReadOnlyList<CampaignEvent> Events => _history.Events;

    /// <summary>The live status that the owner left before the last reading; <c>null</c> when nobody owned the campaign.</summary>
    public LiveStatus? Live { get; private set; }

    /// <summary>Whether the campaign is in its folder; else it goes with its process, and nobody else sees it.</summary>
    internal bool IsKept => _journal is not MemoryJournal;

    /// <summary>The journal.</summary>
    internal IJournal Journal => _journal;

    /// <summary>The history up to the last reading, without its trials.</summary>
    internal CampaignHistory History => _history;

    /// <summary>The end of the last record that was read.</summary>
    internal JournalPosition Position => _position;

    /// <summary>Opens a campaign, running or not. Nothing is read yet.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="time">The clock, which counts a session under way. Default: the system's.</param>
    public static Campaign Open(CampaignFolder folder, TimeProvider? time = null) => new(folder, time: time);

    /// <summary>Opens a campaign that is looked at for long: its learning curves stay on the disk until they are asked for.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="time">The clock, which counts a session under way.</param>
    internal static Campaign Follow(CampaignFolder folder, TimeProvider time) =>
        new(folder, time: time, journal: new FileJournal(folder.JournalPath, leavesCurves: true));

    /// <summary>Makes a campaign: its folder, its copy of the search file and a journal that begins with how it was created.</summary>
    /// <param name="folder">The folder; it must not exist.</param>
    /// <param name="searchText">The text of the search file.</param>
    /// <param name="searchFolder">The folder that relative paths in it start from.</param>
    /// <param name="search">The definition in force: the seed and the earlier trials are kept.</param>
    /// <param name="objective">Evaluates trials: the fingerprint and the dev rows of its data are kept.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The campaign, durable; or nothing at all was made.</returns>
    /// <exception cref="StoreException">The folder exists, or cannot be made.</exception>
    public static Campaign Create(CampaignFolder folder, string searchText, string searchFolder, Search search, IObjective objective,
        TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(searchText);
        ArgumentNullException.ThrowIfNull(searchFolder);
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(time);
        var created = CampaignCreated.In(time.GetUtcNow(), folder, searchFolder) with
        {
            Seed = search.Seed,
            Earlier = search.Earlier,
            DataFingerprint = objective.DataFingerprint,
            DevRows = objective.DevRows,
            Slots = search.AutoSlots ? search.Slots : null,
            Trials = search.Trials,
            Edition = search.Edition,
        };
        CampaignCreation.Create(folder, searchText, created);
        return Open(folder, time);
    }

    /// <summary>Makes a campaign that was created in a known way.</summary>
    /// <param name="folder">The folder; it must not exist.</param>
    /// <param name="searchText">The text of the search file.</param>
    /// <param name="created">How it was created.</param>
    /// <returns>The campaign, durable; or nothing at all was made.</returns>
    /// <exception cref="StoreException">The folder exists, or cannot be made.</exception>
    public static Campaign Create(CampaignFolder folder, string searchText, CampaignCreated created)
    {
        ArgumentNullException.ThrowIfNull(folder);
        CampaignCreation.Create(folder, searchText, created);
        return Open(folder);
    }

    /// <summary>Makes a campaign that is not kept.</summary>
    /// <param name="folder">Names it, and is where a trial may ask for a folder; nothing is made there before.</param>
    /// <param name="search">The definition.</param>
    /// <param name="time">The clock.</param>
    internal static Campaign InMemory(CampaignFolder folder, Search search, TimeProvider time)
    {
        var journal = new MemoryJournal();
        journal.Append(new CampaignCreated(time.GetUtcNow(), "", "", search.Seed, null)
        {
            Earlier = search.Earlier,
            Edition = search.Edition,
        });
        journal.Flush();
        return new Campaign(folder, (_, _) => search, time, journal);
    }

    /// <summary>Reads the records that are new and gives a consistent view of this moment.</summary>
    /// <exception cref="StoreException">There is no campaign, or its journal is damaged.</exception>
    /// <exception cref="SearchFileException">Its search file does not validate.</exception>
    public CampaignSnapshot Read()
    {
        // The lock is looked at first: a campaign that ends meanwhile is then at worst shown as running, never as interrupted.
        var owned = IsRunning;
        Live = owned ? LiveStatusFile.Read(Folder) : null;
        CatchUp();
        var search = _history.InForce(_first ??= _definition(Folder, _history.Created));
        var trials = (_trials ??= new TrialFold(search.Objective.Epochs)).Of(_outcomes);
        return _history.Snapshot(search, trials, owned, Live, _time.GetUtcNow());
    }

    /// <summary>Reads the records that are new.</summary>
    /// <returns>All outcomes so far, in the order in which they were acknowledged.</returns>
    /// <exception cref="StoreException">There is no campaign, or its journal is damaged.</exception>
    public IReadOnlyList<Outcome> ReadOutcomes()
    {
        CatchUp();
        return _outcomes;
    }

    /// <summary>A view of this moment with the best trials only, and how many others ended in which way: at 100,000 trials a handful is
    /// parsed.</summary>
    /// <param name="count">How many trials at most.</param>
    /// <inheritdoc cref="Read" path="/exception"/>
    public CampaignSnapshot ReadBest(int count) => BestTrials.Read(Folder, _definition, count, _time.GetUtcNow());

    /// <summary>A view of this moment with the best trial only, read without the index: a status needs no more.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public CampaignSnapshot ReadSummary() => BestTrials.Read(Folder, _definition, count: 1, _time.GetUtcNow(), indexFrom: long.MaxValue);

    /// <summary>The trials that meet a condition, in an order, a page of them; whether or not a process runs the campaign.</summary>
    /// <remarks>
    /// A condition on a long campaign that nobody runs is answered by the index, as decision 0006 tells; everything else by the journal.
    /// The answer is the same.
    /// </remarks>
    /// <param name="query">The trials that are wanted.</param>
    /// <exception cref="FormatException">The condition cannot be understood, or the order is by a name that no trial has; the message says
    /// what would be right.</exception>
    /// <inheritdoc cref="Read" path="/exception"/>
    public TrialPage ReadPage(TrialQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadPage(query, query.Where is null ? BestTrials.IndexFrom : BestTrials.FilteredFrom);
    }

    /// <summary>The same, but the index is asked from another length of the journal on, in bytes.</summary>
    internal TrialPage ReadPage(TrialQuery query, long indexFrom)
    {
        if (query is not { OrderBy: null, Descending: null, Take: { } take }
            || BestTrials.Read(Folder, _definition, query.Where, query.Skip, take, _time.GetUtcNow(), indexFrom) is not { } best)
            return TrialPage.Of(Read(), query);
        var ranked = Ranking.Rank(best.Trials, best.Search.Maximize).Select(entry => entry with { Rank = entry.Rank + query.Skip });
        return new TrialPage(best, [.. ranked], query.Where is null ? best.Trials.Length + best.Omitted : null);
    }

    /// <summary>Reads the live status that the owner of the campaign left; <c>null</c> when nobody runs it, or it has not
    /// left one yet.</summary>
    public LiveStatus? ReadLive() => IsRunning ? LiveStatusFile.Read(Folder) : null;

    /// <summary>The failed trials that no session has started again, by number; a trial that timed out counts as failed.</summary>
    /// <exception cref="StoreException">The campaign cannot be read.</exception>
    public ImmutableArray<int> FailedTrials()
    {
        CatchUp();
        var again = _history.TrialLimits.SelectMany(limit => limit.Again).ToHashSet();
        return [.. _outcomes
            .Where(outcome => outcome is { Repeat: 0, State: OutcomeState.Failed or OutcomeState.TimedOut } && again.Add(outcome.Trial))
            .Select(outcome => outcome.Trial).Order()];
    }

    /// <summary>The definition under which the campaign goes on: its own search file as it is now, edited or not.</summary>
    /// <remarks>
    /// The file says anew what may change between sessions (more trials, other workers, other limits); the seed is the one that the
    /// campaign began with. The number of trials is that of the last session unless the file says otherwise than it did in the beginning.
    /// </remarks>
    /// <param name="trials">How many trials in all; <c>null</c> for as many as before, and the failed ones that start again.</param>
    /// <param name="again">How many failed trials start again, as new trials.</param>
    /// <exception cref="CampaignException">The file now describes another search, or fewer trials are asked for than there are.</exception>
    /// <exception cref="SearchFileException">The file no longer validates.</exception>
    /// <exception cref="StoreException">The campaign cannot be read.</exception>
    public Search Continue(int? trials = null, int again = 0)
    {
        CatchUp();
        var (first, now) = Versions();
        var proposed = _outcomes.Select(outcome => outcome.Trial + 1).DefaultIfEmpty(0).Max();
        return Continuation.Edited(Folder, _history, first, now, proposed, trials, again);
    }

    /// <summary>The edits of the campaign's own search file that may be made between sessions, and that it goes on with.</summary>
    /// <exception cref="SearchFileException">The file no longer validates.</exception>
    /// <exception cref="StoreException">The campaign cannot be read.</exception>
    public ImmutableArray<SearchDifference> Edits()
    {
        CatchUp();
        var (first, now) = Versions();
        return [.. SearchDiff.Between(first, now).Where(difference => difference.MayChange)];
    }

    /// <summary>The definition under which a search made in code goes on with the campaign.</summary>
    /// <param name="search">The search.</param>
    /// <exception cref="CampaignException">The campaign is of another search; the message says how it differs.</exception>
    internal Search Continue(Search search)
    {
        CatchUp();
        return Continuation.InCode(Folder, _history, search);
    }

    /// <summary>Reads the records that are new.</summary>
    /// <exception cref="StoreException">There is no campaign, or its journal is damaged.</exception>
    internal void CatchUp()
    {
        try
        {
            ReadOn();
        }
        catch (StoreException) when (_position.Records > 0)
        {
            // An owner that could not flush cuts its journal back, perhaps below the last position here. If it is damaged, reading all of
            // it says so.
            _outcomes.Clear();
            (_history, _trials, _position) = (new CampaignHistory(Folder), null, default);
            ReadOn();
        }
    }

    private void ReadOn()
    {
        foreach (var entry in _journal.Read(_position))
        {
            if (entry.Outcome is { } outcome)
            {
                _history.Observe(outcome);
                _outcomes.Add(outcome);
            }
            else
            {
                _history.Observe(entry.Event!);
            }

            _position = entry.Position;
        }
    }

    /// <summary>The definition that a campaign began with.</summary>
    /// <remarks>The journal has it under a checksum; the copy beside it may have been edited, and only <see cref="Continue(int?, int)"/>
    /// takes edits.</remarks>
    private static Search FirstDefinition(CampaignFolder folder, CampaignCreated created) => created.SearchText.Length > 0
        ? SearchFile.Parse(created.SearchText, folder.SearchPath, created.SearchFolderFrom(folder))
        : SearchFile.Read(folder.SearchPath, created.SearchFolderFrom(folder)); // the journals of the first versions did not have it

    private (Search First, Search Now) Versions()
    {
        var first = _first ??= _definition(Folder, _history.Created);
        return (first, SearchFile.Read(Folder.SearchPath, _history.Created.SearchFolderFrom(Folder)));
    }
}
