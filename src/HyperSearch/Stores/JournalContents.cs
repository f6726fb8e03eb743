using System.Collections.Immutable;
using HyperSearch.Stores.Journals;

namespace HyperSearch.Stores;

/// <summary>What an owner learns from a journal on opening it: everything but the outcomes themselves.</summary>
internal sealed record JournalContents
{
    /// <summary>The events, in order.</summary>
    public required ImmutableArray<CampaignEvent> Events { get; init; }

    /// <summary>The jobs that have ended.</summary>
    public required JobSet Jobs { get; init; }

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
        var (jobs, sessions) = (new JobSet(), new SessionClock());
        using var journal = new JournalReader(folder.JournalPath);
        while (journal.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Outcome)
            {
                var head = OutcomeHead.Read(record.Payload);
                jobs.Add(head.Key);
                sessions.Observe(head.Started, head.Seconds);
            }
            else
            {
                var entry = JournalEvents.Read(record);
                events.Add(entry);
                sessions.Observe(entry);
            }
        }

        if (events.Count == 0 || events[0] is not CampaignCreated)
            throw new StoreException($"The journal \"{folder.JournalPath}\" does not begin with how the campaign was created (offset {JournalFormat.HeaderSize}, record 0). Nothing can be resumed; run the search anew.");
        var torn = journal.Length - journal.Position;
        return new JournalContents
        {
            Events = events.ToImmutable(),
            Jobs = jobs,
            Sessions = sessions,
            Length = journal.Position,
            Records = journal.Records,
            Recovery = torn == 0 ? null : $"The last {torn} bytes of the journal hold no whole record (a write was cut short) and were cut off; what they held is run again.",
        };
    }
}
