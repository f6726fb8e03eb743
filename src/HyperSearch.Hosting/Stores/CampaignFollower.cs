using System.Collections.Immutable;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Stores;

/// <summary>Reads a campaign again and again, each time only what is new; beside its owner, whom it never disturbs.</summary>
/// <param name="folder">The campaign.</param>
/// <param name="definition">Reads the definition: the folder's search file, with its relative paths as they were when it was created.</param>
/// <param name="time">The clock, to count the session in hand; default the system's.</param>
/// <remarks>Not thread-safe. Any prefix of whole records is a state that the campaign was in.</remarks>
public sealed class CampaignFollower(CampaignFolder folder, Func<CampaignFolder, CampaignCreated, Search> definition, TimeProvider? time = null)
{
    private readonly List<Outcome> _outcomes = [];
    private readonly OutcomeDecoder _reader = new();
    private CampaignView _view = new(folder);
    private Search? _file;
    private ImmutableArray<Trial>? _trials;
    private long _position;
    private long _records;

    /// <summary>The outcomes up to the last reading, in the order in which they were acknowledged.</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>The events up to the last reading, in order.</summary>
    public IReadOnlyList<CampaignEvent> Events => _view.Events;

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
        var search = _view.InForce(_file ??= definition(folder, _view.Created));
        var trials = _trials ??= Trial.Fold(_outcomes, search.Objective.Epochs);
        return _view.Snapshot(search, trials, owned, Live, (time ?? TimeProvider.System).GetUtcNow());
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
            _outcomes.Clear();
            (_view, _trials, _position, _records) = (new CampaignView(folder), null, 0, 0);
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
                var head = OutcomeHead.Read(record.Payload);
                _view.Sessions.Observe(head.Started, head.Seconds);
                _outcomes.Add(_reader.Read(record));
                _trials = null;
            }
            else
            {
                _view.Observe(JournalEvents.Read(record));
            }

            (_position, _records) = (journal.Position, journal.Records);
        }
    }
}
