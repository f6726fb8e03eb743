using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Conventions;

/// <summary>The reference pages say what the grammar and the documentation of the types say.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string[] Heads = ["key", "value", "meaning"];

    private static readonly JsonObject Schema = (JsonObject)JsonNode.Parse(SearchSchema.Generate())!;

    private static readonly Dictionary<string, XElement> Documentation =
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "HyperSearch.xml")).Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!);

    [Fact]
    public void SearchFile_HasEveryKeyOfTheSchema() => ReferencePage.AssertHolds("search-file.md", new Dictionary<string, string>
    {
        ["top"] = Keys(Schema, nested: false),
        ["train"] = Keys(ObjectiveWith("train")["properties"]!["train"]!, nested: true),
        ["command"] = Keys(ObjectiveWith("command"), nested: true),
        ["method"] = Keys(Schema["properties"]!["method"]!, nested: false),
        ["confirm"] = Keys(Schema["properties"]!["confirm"]!, nested: true),
        ["limits"] = Keys(Schema["properties"]!["limits"]!, nested: true),
        ["from"] = Keys(Schema["properties"]!["from"]!, nested: true),
        ["scales"] = ReferencePage.Table(["scale", "options", "meaning"], ScaleNotations.All.Select(notation => new[]
        {
            $"`{notation.Key}`", string.Join(", ", notation.Options.Select(option => $"`{option.Key}`")), notation.Meaning,
        })),
    });

    [Fact]
    public void Methods_HasEverySamplerAndScheduleWithItsOptions() => ReferencePage.AssertHolds("methods.md", new Dictionary<string, string>
    {
        ["samplers"] = Methods("sampler", MethodNames.Samplers),
        ["schedules"] = Methods("schedule", MethodNames.Schedules),
    });

    [Fact]
    public void Protocols_NamesEveryVariable()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Folder(".github"), "reference", "protocols.md"));
        var variables = Sources.Under(Path.Combine("src", "HyperSearch.Hosting", "Objectives"))
            .SelectMany(file => Variable().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(variables);
        Assert.All(variables, variable => Assert.Contains($"`{variable}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_LinksEveryPage()
    {
        var pages = Directory.GetFiles(Path.Combine(Repository.Folder(".github"), "reference"), "*.md");
        Assert.NotEmpty(pages);
        var readme = File.ReadAllText(Repository.Folder("README.md"));
        Assert.All(pages, page => Assert.Contains($".github/reference/{Path.GetFileName(page)}", readme, StringComparison.Ordinal));
    }

    private static JsonObject ObjectiveWith(string key) => Alternatives(Schema["properties"]!["objective"]!)
        .Single(way => way["properties"]?[key] is not null);

    /// <summary>The keys of a map, and those of the maps in it, with dots between.</summary>
    private static string Keys(JsonNode map, bool nested) => ReferencePage.Table(Heads, Rows(map, "", nested));

    private static IEnumerable<string[]> Rows(JsonNode map, string prefix, bool nested)
    {
        foreach (var way in Alternatives(map))
        {
            foreach (var (key, value) in way["properties"]?.AsObject() ?? [])
            {
                yield return [$"`{prefix}{key}`", Form(value!), (string?)value!["description"] ?? ""];
                if (nested)
                {
                    foreach (var row in Rows(value, $"{prefix}{key}.", nested))
                        yield return row;
                }
            }
        }
    }

    private static IEnumerable<JsonObject> Alternatives(JsonNode node) => node["anyOf"] is JsonArray ways
        ? ways.SelectMany(way => Alternatives(way!))
        : [(JsonObject)node];

    /// <summary>What a value may be, in words.</summary>
    private static string Form(JsonNode node)
    {
        if (node["anyOf"] is JsonArray ways)
            return string.Join(" or ", ways.Select(way => Form(way!)).Distinct());
        if (node["enum"] is JsonArray words)
            return string.Join(", ", words.Select(word => $"`{word}`"));
        if (node["const"] is { } only)
            return $"`{only}`";
        if (node["type"] is not JsonValue type)
            return node["type"] is JsonArray ? "text" : "";
        return (string)type! switch
        {
            "integer" => "whole number" + Ends(node),
            "number" => "number" + Ends(node),
            "boolean" => "`true` or `false`",
            "array" => "list",
            "object" => "map",
            _ => "text",
        };
    }

    private static string Ends(JsonNode node) => (End(node["minimum"]), End(node["maximum"])) switch
    {
        (null, null) => "",
        ({ } low, null) => $" from {low}",
        (null, { } high) => $" up to {high}",
        var (low, high) => $" from {low} to {high}",
    };

    private static string? End(JsonNode? end) => end is null || Math.Abs((double)end) >= int.MaxValue
        ? null
        : ((double)end).ToString(CultureInfo.InvariantCulture);

    /// <summary>Each implementation in the words of its type's documentation, its options in those of their properties.</summary>
    private static string Methods(string noun, IEnumerable<OptionCatalog.Entry> methods) => string.Join("\n\n", methods
        .OrderBy(entry => entry.Name, StringComparer.Ordinal)
        .Select(entry => $"### {entry.Name}\n{Summary(entry.Type)}{Options(noun, entry.Name)}"));

    private static string Options(string noun, string name)
    {
        var place = noun == "sampler" ? Schema["properties"]!["method"]!["properties"]!["sampler"]! : Schema["properties"]!["schedule"]!;
        var options = Alternatives(place).Select(way => way["properties"]?[name]).Single(way => way is not null)!;
        return options["properties"] is JsonObject { Count: > 0 } ? $"\n\n{ReferencePage.Table(Heads, Rows(options, "", false))}" : "";
    }

    private static string Summary(Type type) =>
        Blank().Replace(string.Concat(Documentation[$"T:{type.FullName}"].Element("summary")!.DescendantNodes().Select(Words)), " ").Trim();

    private static string Words(XNode node) => node switch
    {
        XText text when text.Parent!.Name == "c" => $"`{text.Value}`",
        XText text => text.Value,
        XElement { IsEmpty: true } element when element.Attribute("cref") is { } cref => cref.Value[(cref.Value.LastIndexOf('.') + 1)..],
        XElement { IsEmpty: true } element when element.Attribute("name") is { } parameter => parameter.Value,
        _ => "",
    };

    [GeneratedRegex("\"(HYPERSEARCH_[A-Z_]+)\"")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
