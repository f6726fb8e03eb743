using System.Text.Json.Serialization;

namespace HyperSearch.Stores.Journals;

/// <summary>Events, the owner and the live status as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(PointConverter)])]
[JsonSerializable(typeof(CampaignEvent))]
[JsonSerializable(typeof(CampaignOwner))]
[JsonSerializable(typeof(LiveStatus))]
internal sealed partial class EventJson : JsonSerializerContext;
