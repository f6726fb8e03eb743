using System.Text.Json.Serialization;

namespace HyperSearch.Hosting.Searches;

/// <summary>Texts in the double quotes that JSON and YAML share.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class PlainJson : JsonSerializerContext;
