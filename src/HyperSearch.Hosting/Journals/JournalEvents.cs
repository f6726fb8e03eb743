using System.Text.Json;
using System.Text.Json.Serialization;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Journals;

/// <summary>Events as records.</summary>
internal static class JournalEvents
{
    /// <summary>The version of an event's payload.</summary>
    public const byte Version = 1;

    /// <summary>Puts an event into the group in hand.</summary>
    public static void Add(this JournalWriter journal, CampaignEvent entry) => journal.Add(RecordKind.Event, Version, target =>
    {
        using var json = new Utf8JsonWriter(target);
        JsonSerializer.Serialize(json, entry, EventJson.Default.CampaignEvent);
    });

    /// <summary>Reads an event.</summary>
    /// <exception cref="StoreException">The record was written by a newer program, or makes no sense although its checksum
    /// holds.</exception>
    public static CampaignEvent Read(JournalRecord record)
    {
        if (record.Version > Version)
            throw new StoreException($"The event at offset {record.Offset} has version {record.Version}, written by a newer HyperSearch; " +
                $"this one reads versions up to {Version}.");
        try
        {
            return JsonSerializer.Deserialize(record.Payload, EventJson.Default.CampaignEvent) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new StoreException($"The event at offset {record.Offset} makes no sense although its checksum holds: {error.Message}",
                error);
        }
    }
}

/// <summary>Events as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(PointConverter)])]
[JsonSerializable(typeof(CampaignEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
