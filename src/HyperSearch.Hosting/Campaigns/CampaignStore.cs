using System.Collections.Immutable;
using HyperSearch.Hosting.Indexing;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>A campaign as its one owner has it: the lock, the journal, and the index that follows it. Audited: its failure stops the
/// campaign.</summary>
/// <remarks>Not thread-safe: one writer uses it. Records survive any kill once their append has returned.</remarks>
public sealed class CampaignStore : IDisposable
{
    private readonly Campaign _campaign;
    private readonly CampaignLock? _lock;
    private readonly IJournal _journal;
    private readonly JobSet _jobs;
    private readonly SessionClock _sessions;
    private readonly IndexFeeder? _index;
    private readonly Action<string>? _warn;

    private CampaignStore(Campaign campaign, CampaignOwner owner, CampaignLock? held, long cut, IndexFeeder? index, Action<string>? warn)
    {
        (_campaign, Owner, _lock, _index, _warn) = (campaign, owner, held, index, warn);
        var history = campaign.History;
        (_journal, _jobs, _sessions, Events) = (campaign.Journal, history.Jobs, history.Sessions.Copy(), [.. history.Events]);
        (SlotChanges, EnqueuedPoints) = ([.. history.SlotChanges], [.. history.EnqueuedPoints]);
        (StoppedTrials, StoppedJobs) = ([.. history.StoppedTrials], history.StoppedJobs.ToImmutableDictionary());
        (TrialLimits, NextJob, NextOutcome) = ([.. history.TrialLimits], history.NextJob, history.NextOutcome);
        ElapsedBefore = history.Sessions.Elapsed;
        if (cut > 0)
            Recovery = $"The last {cut} bytes of the journal hold no whole record (a write was cut short) and were cut off; " +
                "their jobs run again.";
    }

    /// <summary>The events so far, in order.</summary>
    public ImmutableArray<CampaignEvent> Events { get; private set; }

    /// <summary>The repair that opening had to make, in one sentence for people; <c>null</c> when none.</summary>
    public string? Recovery { get; }

    /// <summary>This process, as it is named to others.</summary>
    public CampaignOwner Owner { get; }

    /// <summary>How many trials earlier sessions asked for, each from a job on.</summary>
    internal ImmutableArray<TrialLimit> TrialLimits { get; }

    /// <summary>The changes of the number of slots in earlier sessions.</summary>
    internal ImmutableArray<SlotChange> SlotChanges { get; }

    /// <summary>The configurations that people enqueued in earlier sessions.</summary>
    internal ImmutableArray<EnqueuedPoint> EnqueuedPoints { get; }

    /// <summary>The trials that people stopped in earlier sessions.</summary>
    internal ImmutableArray<TrialStop> StoppedTrials { get; }

    /// <summary>The jobs that people stopped in earlier sessions, and the first epoch at which each may end.</summary>
    internal IReadOnlyDictionary<JobKey, int> StoppedJobs { get; }

    /// <summary>The number after the greatest of a job that was decided before the campaign was opened.</summary>
    internal int NextJob { get; }

    /// <summary>How many outcomes have been seen before a number of trials that this session asks for may hold.</summary>
    internal int NextOutcome { get; }

    /// <summary>Wall time over all earlier sessions; a session that was killed counts up to its last record.</summary>
    public TimeSpan ElapsedBefore { get; }

    /// <summary>The reason why no index follows the journal, for the log; <c>null</c> when one does. Never fatal.</summary>
    public string? IndexFault => _index?.Fault;

    /// <summary>Takes a campaign, cuts off a write that a kill left unfinished, and brings the index up to date.</summary>
    /// <exception cref="StoreException">There is no campaign, a living process owns it, or its journal is damaged.</exception>
    public static CampaignStore Open(CampaignFolder folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(time);
        return Open(Campaign.Open(folder, time), time);
    }

    /// <summary>The same for a campaign that may have been read before: only the rest of its journal is read.</summary>
    /// <param name="campaign">The campaign. One that is not kept has neither lock nor index.</param>
    /// <param name="time">The clock.</param>
    /// <param name="indexed">Whether the index follows.</param>
    /// <param name="warn">Told in one sentence when the index cannot be kept; nothing else follows from that.</param>
    internal static CampaignStore Open(Campaign campaign, TimeProvider time, bool indexed = true, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(time);
        var folder = campaign.Folder;
        if (campaign.IsKept && !folder.Exists)
            throw new StoreException($"There is no campaign in \"{folder.Path}\": it has no journal.");
        if (campaign.IsKept && folder.Links().FirstOrDefault() is { } link)
            throw new StoreException($"The campaign \"{folder.Name}\" cannot be run: {CampaignFolder.RefusalOf(link)}");
        var owner = CampaignOwner.Self(folder, time);
        var held = campaign.IsKept ? CampaignLock.Own(folder, owner) : null;
        try
        {
            campaign.CatchUp(); // nobody else writes any more
            _ = campaign.History.Created;
            var end = campaign.Position;
            var cut = campaign.Journal.Own(end);
            var index = campaign.IsKept && indexed && IndexSwitch.IsOn ? new IndexFeeder(folder, time, end.Offset, end.Records) : null;
            if (held is { Excludes: false })
            {
                warn?.Invoke($"The disk of \"{folder.Path}\" knows no file locks, so two processes are kept apart only " +
                    "by what \"owner.json\" says: "
                    + "start no second one on this campaign.");
            }

            return new CampaignStore(campaign, owner, held, cut, index, warn);
        }
        catch (Exception error)
        {
            held?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
                throw new StoreException($"The campaign \"{folder.Name}\" cannot be opened: {error.Message}", error);
            throw;
        }
    }

    /// <summary>Every outcome acknowledged so far, in that order.</summary>
    public IReadOnlyList<Outcome> ReadOutcomes() => _campaign.ReadOutcomes();

    /// <summary>Writes outcomes; returns when they are durable, and not before. A group costs one flush.</summary>
    /// <exception cref="StoreException">They could not be written; the outcomes acknowledged before stay.</exception>
    /// <exception cref="InvalidOperationException">A job has an outcome already: it would be counted twice.</exception>
    public void Append(ReadOnlySpan<Outcome> outcomes)
    {
        if (outcomes.IsEmpty)
            return;
        var added = 0;
        try
        {
            foreach (var outcome in outcomes)
            {
                if (!_jobs.Add(outcome.Key))
                    throw new InvalidOperationException($"A job ends once, but {outcome.Key} (trial " +
                        $"{outcome.Trial}) has an outcome already.");
                added++;
                _journal.Append(outcome);
            }

            Flush();
            foreach (var outcome in outcomes)
                _sessions.Observe(outcome.Started, outcome.Seconds, outcome.IsFirst);
        }
        catch
        {
            _journal.Forget();
            foreach (var outcome in outcomes[..added])
                _jobs.Remove(outcome.Key);
            throw;
        }
    }

    /// <summary>Writes an event of the campaign's life, durable like an outcome.</summary>
    /// <exception cref="StoreException">It could not be written.</exception>
    public void Append(CampaignEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _journal.Append(entry);
        Flush();
        _sessions.Observe(entry);
        Events = Events.Add(entry);
    }

    /// <summary>Closes the journal and the index and releases the campaign.</summary>
    public void Dispose()
    {
        _journal.Dispose();
        _index?.Close(_sessions.Elapsed);
        _index?.Dispose();
        _lock?.Dispose();
        if (IndexFault is { } fault)
            _warn?.Invoke(fault);
    }

    /// <summary>Makes sure that the campaign is still this process's to write.</summary>
    /// <exception cref="StoreException">Its lock or folder was moved or removed, or another process has taken it.</exception>
    internal void RequireOwned() => _lock?.RequireOwned();

    private void Flush()
    {
        RequireOwned();
        var end = _journal.Flush();
        _index?.Acknowledged(end.Offset, end.Records);
    }
}
