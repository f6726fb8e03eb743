using System.Collections.Immutable;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Stores;

/// <summary>What an owner learns from a journal on opening it: everything but the outcomes themselves.</summary>
internal sealed record JournalContents
{
    /// <summary>The events, in order.</summary>
    public required ImmutableArray<CampaignEvent> Events { get; init; }

    /// <summary>The jobs that have ended.</summary>
    public required JobSet Jobs { get; init; }

    /// <summary>How many trials each session asked for, and from which job on: the one after all that were on disk when it began.</summary>
    public required ImmutableArray<TrialLimit> TrialLimits { get; init; }

    /// <summary>The number after the greatest of a job on disk.</summary>
    public required int NextJob { get; init; }

    /// <summary>How long the sessions took.</summary>
    public required SessionClock Sessions { get; init; }

    /// <summary>Where the last whole record ends, in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>How many whole records there are.</summary>
    public required long Records { get; init; }

    /// <summary>What has to be cut off, for people; <c>null</c> when nothing.</summary>
    public string? Recovery { get; init; }

    /// <summary>Reads a journal to its end, checking every record.</summary>
    /// <exception cref="StoreException">It is damaged, newer than this program, or does not begin with how the campaign was created.</exception>
    public static JournalContents Read(CampaignFolder folder)
    {
        var events = ImmutableArray.CreateBuilder<CampaignEvent>();
        var limits = ImmutableArray.CreateBuilder<TrialLimit>();
        var (jobs, sessions, nextJob) = (new JobSet(), new SessionClock(), 0);
        using var journal = new JournalReader(folder.JournalPath);
        while (journal.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Outcome)
            {
                var head = OutcomeHead.Read(record.Payload);
                jobs.Add(head.Key);
                if (head.Repeat == 0) // repeats are numbered anew when a campaign is extended
                    nextJob = Math.Max(nextJob, head.Job + 1);
                sessions.Observe(head.Started, head.Seconds);
            }
            else
            {
                var entry = JournalEvents.Read(record);
                events.Add(entry);
                sessions.Observe(entry);
                if (entry is not SessionStarted session)
                    continue;
                nextJob = Math.Max(nextJob, session.FromJob ?? 0); // outcomes before it may have been lost
                limits.Add(new TrialLimit(session.FromJob ?? nextJob, session.Trials));
            }
        }

        if (events.Count == 0 || events[0] is not CampaignCreated)
            throw new StoreException($"The journal \"{folder.JournalPath}\" does not begin with how the campaign was created (offset {JournalFormat.HeaderSize}, record 0). Nothing can be resumed; run the search anew.");
        var torn = journal.Length - journal.Position;
        return new JournalContents
        {
            Events = events.ToImmutable(),
            Jobs = jobs,
            TrialLimits = limits.ToImmutable(),
            NextJob = nextJob,
            Sessions = sessions,
            Length = journal.Position,
            Records = journal.Records,
            Recovery = torn == 0 ? null : $"The last {torn} bytes of the journal hold no whole record (a write was cut short) and were cut off; what they held is run again.",
        };
    }
}
