using System.Collections.Immutable;
using HyperSearch.Campaigns;
using HyperSearch.Stores.Journals;

namespace HyperSearch.Stores;

/// <summary>Reads a campaign again and again, each time only what is new; beside its owner, whom it never disturbs.</summary>
/// <param name="folder">The campaign.</param>
/// <param name="definition">Reads the definition: the folder's search file, with its relative paths as they were when it was created.</param>
/// <param name="time">The clock, to count the session in hand; default the system's.</param>
/// <remarks>Not thread-safe. Any prefix of whole records is a state that the campaign was in.</remarks>
public sealed class CampaignFollower(CampaignFolder folder, Func<CampaignFolder, CampaignCreated, Search> definition, TimeProvider? time = null)
{
    private readonly List<Outcome> _outcomes = [];
    private readonly List<CampaignEvent> _events = [];
    private readonly OutcomeReader _reader = new();
    private SessionClock _sessions = new();
    private Search? _search;
    private ImmutableArray<Trial> _trials = [];
    private int _folded;
    private long _position;
    private long _records;

    /// <summary>The outcomes up to the last reading, in the order in which they were acknowledged.</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>The events up to the last reading, in order.</summary>
    public IReadOnlyList<CampaignEvent> Events => _events;

    /// <summary>What the owner said of that moment; <c>null</c> when nobody owns the campaign.</summary>
    public LiveStatus? Live { get; private set; }

    /// <summary>Reads what is new.</summary>
    /// <exception cref="StoreException">There is no campaign, its journal is damaged, or its search file cannot be understood.</exception>
    public CampaignSnapshot Read()
    {
        // The lock first: a campaign that ends meanwhile is then at worst shown as running, never as interrupted.
        var owned = CampaignLock.IsOwned(folder);
        Live = owned ? LiveStatusFile.Read(folder) : null;
        CatchUp();
        if (_events.Count == 0 || _events[0] is not CampaignCreated created)
            throw new StoreException($"The journal \"{folder.JournalPath}\" does not begin with how the campaign was created (offset {JournalFormat.HeaderSize}, record 0).");
        _search ??= definition(folder, created) with { Seed = created.Seed };
        var search = _events.OfType<SessionStarted>().LastOrDefault() is { } session ? _search with { Trials = session.Trials } : _search;
        if (_folded != _outcomes.Count || _trials.IsEmpty)
            (_trials, _folded) = (Trial.Fold(_outcomes, search.Objective.Epochs), _outcomes.Count);
        var ended = _events.LastOrDefault(entry => entry is SessionStarted or SessionEnded) as SessionEnded;
        var state = owned ? CampaignState.Running : ended is { Finished: true } ? CampaignState.Finished : CampaignState.Interrupted;
        return new CampaignSnapshot
        {
            Name = folder.Name,
            Folder = folder.Path,
            Search = search,
            State = state,
            Trials = _trials,
            Running = Live?.Jobs.Length ?? 0,
            ElapsedSeconds = (owned && _sessions.Started is not null ? _sessions.ElapsedAt((time ?? TimeProvider.System).GetUtcNow()) : _sessions.Elapsed).TotalSeconds,
            Ending = state == CampaignState.Finished ? ended!.Reason : null,
            Verdict = _events.OfType<WinnerJudged>().LastOrDefault()?.Verdict,
        };
    }

    private void CatchUp()
    {
        try
        {
            ReadOn();
        }
        catch (StoreException) when (_position > 0)
        {
            // An owner that could not flush cuts its journal back, perhaps below what was read here. If it is damaged, reading all of it says so.
            Forget();
            ReadOn();
        }
    }

    private void ReadOn()
    {
        using var journal = new JournalReader(folder.JournalPath, _position, _records);
        if (journal.Length < _position)
            throw new StoreException($"The journal \"{folder.JournalPath}\" has become shorter.");
        while (journal.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Outcome)
            {
                _sessions.Observe(OutcomeHead.Read(record.Payload));
                _outcomes.Add(_reader.Read(record));
            }
            else
            {
                var entry = JournalEvents.Read(record);
                _sessions.Observe(entry);
                _events.Add(entry);
            }

            (_position, _records) = (journal.Position, journal.Records);
        }
    }

    private void Forget()
    {
        _outcomes.Clear();
        _events.Clear();
        (_sessions, _trials, _folded, _position, _records) = (new SessionClock(), [], 0, 0, 0);
    }
}
