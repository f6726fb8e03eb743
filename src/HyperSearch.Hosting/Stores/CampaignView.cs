using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Stores;

/// <summary>What the records of a campaign say of it, apart from its trials.</summary>
internal sealed class CampaignView(CampaignFolder folder)
{
    /// <summary>The events, in order.</summary>
    public List<CampaignEvent> Events { get; } = [];

    /// <summary>How long the sessions took.</summary>
    public SessionClock Sessions { get; } = new();

    /// <summary>How the campaign was created.</summary>
    /// <exception cref="StoreException">The journal does not begin with it.</exception>
    public CampaignCreated Created => Events is [CampaignCreated created, ..] ? created : throw new StoreException(
        $"The journal \"{folder.JournalPath}\" does not begin with how the campaign was created (offset {Journals.JournalFormat.HeaderSize}, record 0).");

    /// <summary>The definition in force: the file's, with the seed it was created with and the trials that it was last asked for.</summary>
    /// <param name="file">What the file says.</param>
    public Search InForce(Search file)
    {
        var search = Created.InForce(file);
        return Events.OfType<SessionStarted>().LastOrDefault() is { } session ? search with { Trials = session.Trials } : search;
    }

    /// <summary>Takes note of an event.</summary>
    public void Observe(CampaignEvent entry)
    {
        Events.Add(entry);
        Sessions.Observe(entry);
    }

    /// <summary>Everything as readers want it.</summary>
    /// <param name="search">The definition in force.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="owned">Whether a living process owned the campaign before its journal was read.</param>
    /// <param name="live">What that process said.</param>
    /// <param name="now">The present moment, UTC.</param>
    public CampaignSnapshot Snapshot(Search search, ImmutableArray<Trial> trials, bool owned, LiveStatus? live, DateTimeOffset now)
    {
        var ended = Events.LastOrDefault(entry => entry is SessionStarted or SessionEnded) as SessionEnded;
        var state = owned ? CampaignState.Running : ended is { Finished: true } ? CampaignState.Finished : CampaignState.Interrupted;
        return new CampaignSnapshot
        {
            Name = folder.Name,
            Folder = folder.Path,
            Search = search,
            State = state,
            Trials = trials,
            DevRows = Created.DevRows,
            Running = live?.Jobs.Length ?? 0,
            ElapsedSeconds = (owned && Sessions.Started is not null ? Sessions.ElapsedAt(now) : Sessions.Elapsed).TotalSeconds,
            Ending = state == CampaignState.Finished ? ended!.Reason : null,
            Verdict = Events.OfType<WinnerJudged>().LastOrDefault()?.Verdict,
        };
    }
}
