using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Searches.Grammar;

namespace HyperSearch.Hosting.Searches;

/// <summary>The JSON schema of search files, for editors: written from the grammar that reads them.</summary>
public static class SearchSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>The schema, JSON Schema draft 7 (which all editors know), indented, with a final line break.</summary>
    /// <remarks>
    /// It holds the shape of a file. What only shows when its parts are seen together, such as a condition on a missing parameter,
    /// <c>check</c> says.
    /// </remarks>
    public static string Generate()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "HyperSearch search file",
            ["description"] = "A search: an objective, a space, a method and limits.",
        };
        foreach (var (key, value) in SearchTable.Shape.ToSchema())
            schema[key] = value?.DeepClone();
        schema["definitions"] = new JsonObject { [SearchGrammar.Parameter.Name] = SearchGrammar.Parameter.Shape.ToSchema() };
        return schema.ToJsonString(Readable) + "\n";
    }
}
