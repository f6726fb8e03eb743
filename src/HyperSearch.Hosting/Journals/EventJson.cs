using System.Text.Json.Serialization;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Journals;

/// <summary>Events, the owner, the live status and the index's seal as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(PointConverter)])]
[JsonSerializable(typeof(CampaignEvent))]
[JsonSerializable(typeof(CampaignOwner))]
[JsonSerializable(typeof(LiveStatus))]
[JsonSerializable(typeof(Indexing.IndexSeal))]
internal sealed partial class EventJson : JsonSerializerContext;
