using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Tests.Searches;

/// <summary>As much of JSON Schema draft 7 as the search files' schema uses; an unknown keyword is an error, so nothing is passed over in
/// silence.</summary>
internal sealed class JsonSchema(JsonObject root)
{
    /// <summary>Whether a YAML text fits.</summary>
    public bool Accepts(string yaml)
    {
        var node = YamlText.Read(yaml, new Problems());
        return node is not null && Fits(root, ToJson(node));
    }

    private bool Fits(JsonObject schema, JsonNode? value) => schema.All(keyword => keyword.Key switch
    {
        "$schema" or "title" or "description" or "definitions" or "default" => true,
        "$ref" => Fits((JsonObject)root["definitions"]![keyword.Value!.GetValue<string>().Split('/')[^1]]!, value),
        "type" => (keyword.Value is JsonArray types ? types.Select(type => type!.GetValue<string>()) : [keyword.Value!.GetValue<string>()])
            .Any(type => IsA(type, value)),
        "enum" => keyword.Value!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
        "minimum" => Number(value) is not { } n || n >= keyword.Value!.GetValue<double>(),
        "maximum" => Number(value) is not { } n || n <= keyword.Value!.GetValue<double>(),
        "exclusiveMinimum" => Number(value) is not { } n || n > keyword.Value!.GetValue<double>(),
        "exclusiveMaximum" => Number(value) is not { } n || n < keyword.Value!.GetValue<double>(),
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, keyword.Value!.GetValue<string>()),
        "minLength" => Text(value) is not { } text || text.Length >= keyword.Value!.GetValue<int>(),
        "minItems" => value is not JsonArray list || list.Count >= keyword.Value!.GetValue<int>(),
        "maxItems" => value is not JsonArray list || list.Count <= keyword.Value!.GetValue<int>(),
        "items" => value is not JsonArray list || list.All(item => Fits((JsonObject)keyword.Value!, item)),
        "minProperties" => value is not JsonObject map || map.Count >= keyword.Value!.GetValue<int>(),
        "maxProperties" => value is not JsonObject map || map.Count <= keyword.Value!.GetValue<int>(),
        "required" => value is not JsonObject map || keyword.Value!.AsArray().All(name => map.ContainsKey(name!.GetValue<string>())),
        "properties" => value is not JsonObject map || keyword.Value!.AsObject()
            .All(property => !map.ContainsKey(property.Key) || Fits((JsonObject)property.Value!, map[property.Key])),
        "propertyNames" => value is not JsonObject map || map.All(entry => Fits((JsonObject)keyword.Value!, entry.Key)),
        "additionalProperties" => value is not JsonObject map || map.Where(entry => schema["properties"]?[entry.Key] is null)
            .All(entry => keyword.Value is JsonObject others ? Fits(others, entry.Value) : keyword.Value!.GetValue<bool>()),
        "anyOf" => keyword.Value!.AsArray().Any(part => Fits((JsonObject)part!, value)),
        "allOf" => keyword.Value!.AsArray().All(part => Fits((JsonObject)part!, value)),
        "oneOf" => keyword.Value!.AsArray().Count(part => Fits((JsonObject)part!, value)) == 1,
        _ => throw new InvalidOperationException($"The test's validator does not know \"{keyword.Key}\"."),
    });

    private static bool IsA(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == Math.Truncate(number),
        "boolean" => value is JsonValue scalar && scalar.TryGetValue<bool>(out _),
        _ => throw new InvalidOperationException(type),
    };

    private static double? Number(JsonNode? value) =>
        value is JsonValue scalar && scalar.TryGetValue<double>(out var number) ? number : null;

    private static string? Text(JsonNode? value) => value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : null;

    private static JsonNode? ToJson(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, ToJson(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(ToJson)]),
        ScalarNode { IsNull: true } => null,
        ScalarNode { Boolean: { } truth } => JsonValue.Create(truth),
        ScalarNode { Number: { } number } => JsonValue.Create(number),
        _ => JsonValue.Create(((ScalarNode)node).Text),
    };
}
