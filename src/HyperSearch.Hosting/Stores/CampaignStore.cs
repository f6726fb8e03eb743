using System.Collections.Immutable;
using HyperSearch.Hosting.Indexing;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Stores;

/// <summary>A campaign as its one owner has it: the lock, the journal, and the index that follows it.</summary>
/// <remarks>Not thread-safe: one writer uses it.</remarks>
public sealed class CampaignStore : ITrialStore
{
    private readonly CampaignFolder _folder;
    private readonly CampaignLock _lock;
    private readonly JournalWriter _journal;
    private readonly OutcomeEncoder _writer = new();
    private readonly JobSet _jobs;
    private readonly SessionClock _sessions;
    private readonly IndexFeeder? _index;

    private CampaignStore(CampaignFolder folder, CampaignOwner owner, CampaignLock held, JournalWriter journal, JournalContents contents, IndexFeeder? index)
    {
        (_folder, Owner, _lock, _journal, _index) = (folder, owner, held, journal, index);
        (_jobs, _sessions) = (contents.Jobs, contents.Sessions);
        (TrialLimits, NextJob) = (contents.TrialLimits, contents.NextJob);
        (Events, Recovery, ElapsedBefore) = (contents.Events, contents.Recovery, contents.Sessions.Elapsed);
    }

    /// <inheritdoc/>
    public ImmutableArray<CampaignEvent> Events { get; private set; }

    /// <inheritdoc/>
    public string? Recovery { get; }

    /// <summary>This process, as it is named to others.</summary>
    public CampaignOwner Owner { get; }

    /// <summary>How many trials earlier sessions asked for, each from a job on.</summary>
    internal ImmutableArray<TrialLimit> TrialLimits { get; }

    /// <summary>The number after the greatest of a job that was on disk when the campaign was opened.</summary>
    internal int NextJob { get; }

    /// <summary>Wall time over all earlier sessions; of one that was killed, up to its last record.</summary>
    public TimeSpan ElapsedBefore { get; }

    /// <summary>Why there is no index behind the journal, for the log; <c>null</c> when nothing is wrong. Never fatal.</summary>
    public string? IndexFault => _index?.Fault;

    /// <summary>Takes a campaign, repairs what a kill left unfinished, and brings the index up to date.</summary>
    /// <exception cref="StoreException">There is no campaign, a living process owns it, or its journal is damaged.</exception>
    public static CampaignStore Open(CampaignFolder folder, TimeProvider time) => Open(folder, time, indexed: true);

    /// <summary>The same, with or without an index.</summary>
    internal static CampaignStore Open(CampaignFolder folder, TimeProvider time, bool indexed)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(time);
        if (!folder.Exists)
            throw new StoreException($"There is no campaign in \"{folder.Path}\": it has no journal.");
        var owner = CampaignOwner.Self(time);
        var held = CampaignLock.Own(folder, owner);
        try
        {
            var contents = JournalContents.Read(folder);
            var file = JournalWriter.OpenFile(folder.JournalPath, FileMode.Open);
            if (file.Length > contents.Length)
            {
                file.SetLength(contents.Length);
                file.Flush(flushToDisk: true);
            }

            var index = indexed ? new IndexFeeder(folder, time, contents.Length, contents.Records) : null;
            return new CampaignStore(folder, owner, held, new JournalWriter(file, folder.JournalPath, contents.Length, contents.Records), contents, index);
        }
        catch (Exception error)
        {
            held.Dispose();
            if (error is IOException or UnauthorizedAccessException)
                throw new StoreException($"The campaign \"{folder.Name}\" cannot be opened: {error.Message}", error);
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Outcome> ReadOutcomes() => JournalOutcomes.Read(_folder.JournalPath, _journal.Length);

    /// <inheritdoc/>
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
                    throw new InvalidOperationException($"A job ends once, but {outcome.Key} (trial {outcome.Trial}) has an outcome already.");
                added++;
                _journal.Add(RecordKind.Outcome, OutcomeEncoder.VersionOf(outcome), target => _writer.Write(outcome, target));
            }

            Commit();
            foreach (var outcome in outcomes)
                _sessions.Observe(outcome.Started, outcome.Seconds);
        }
        catch
        {
            _journal.Forget();
            foreach (var outcome in outcomes[..added])
                _jobs.Remove(outcome.Key);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(CampaignEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _journal.Add(entry);
        Commit();
        _sessions.Observe(entry);
        Events = Events.Add(entry);
    }

    /// <summary>Closes the journal and the index and gives the campaign free.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _journal.Dispose();
        _index?.Close(_sessions.Elapsed);
        _index?.Dispose();
        _lock.Dispose();
    }

    private void Commit()
    {
        _journal.Commit();
        _index?.Acknowledged(_journal.Length, _journal.Records);
    }
}
