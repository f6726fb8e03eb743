using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Searches.Grammar;

namespace HyperSearch.Tests.Searches;

public sealed class SearchSchemaTests
{
    private static readonly JsonSchema Schema = new((JsonObject)JsonNode.Parse(SearchSchema.Generate())!);

    public static TheoryData<string> ReadyFiles =>
        [.. Directory.EnumerateFiles(Repository.Folder("searches"), "*.yaml").Select(file => Path.GetFileName(file)!)
        .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Templates =>
        [.. Directory.EnumerateFiles(Repository.Folder("src/HyperSearch.Cli/Templates"), "*.yaml").Select(file => Path.GetFileName(file)!)
        .Order(StringComparer.Ordinal)];

    [Fact]
    public void Generate_IsWhatLiesBesideTheSearches()
    {
        var kept = Path.Combine(Repository.Folder("searches"), "search.schema.json");
        if (Environment.GetEnvironmentVariable("HYPERSEARCH_UPDATE_SCHEMA") == "1")
            File.WriteAllText(kept, SearchSchema.Generate());
        Assert.True(File.ReadAllText(kept) == SearchSchema.Generate(),
            "searches/search.schema.json is not what the grammar writes. Run this test with " +
            "HYPERSEARCH_UPDATE_SCHEMA=1 and commit the file.");
    }

    [Theory]
    [MemberData(nameof(ReadyFiles))]
    public void Schema_AcceptsEveryReadyFile(string file) =>
        Assert.True(Schema.Accepts(File.ReadAllText(Path.Combine(Repository.Folder("searches"), file))));

    [Theory]
    [MemberData(nameof(ReadyFiles))]
    public void Read_AcceptsEveryReadyFile(string file) =>
        Assert.NotNull(SearchFile.Read(Path.Combine(Repository.Folder("searches"), file)));

    [Theory]
    [MemberData(nameof(ReadyFiles))]
    public void ReadyFile_NamesItsSchema(string file) =>
        Assert.StartsWith("# yaml-language-server: $schema=./search.schema.json\n",
            File.ReadAllText(Path.Combine(Repository.Folder("searches"), file)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Templates))]
    public void Schema_AcceptsEveryTemplate(string file) =>
        Assert.True(Schema.Accepts(File.ReadAllText(Path.Combine(Repository.Folder("src/HyperSearch.Cli/Templates"), file))
            .Replace("{name}", "mine", StringComparison.Ordinal)));

    [Fact]
    public void Schema_AcceptsTheGoodFile() => Assert.True(Schema.Accepts(WrongFiles.Good));

    [Theory]
    [MemberData(nameof(WrongFiles.All), MemberType = typeof(WrongFiles))]
    public void Schema_RefusesEveryWrongFile(string piece, string by) => Assert.False(Schema.Accepts(WrongFiles.Changed(piece, by)));

    [Theory]
    [MemberData(nameof(WrongFiles.All), MemberType = typeof(WrongFiles))]
    public void Read_RefusesEveryWrongFile(string piece, string by) => Assert.NotEmpty(Yaml.Errors(WrongFiles.Changed(piece, by)));

    [Fact]
    public void Generate_ExplainsEveryOptionOfEveryMethod()
    {
        var properties = JsonNode.Parse(SearchSchema.Generate())!["properties"]!;
        var options = new[] { properties["method"]!["properties"]!["sampler"], properties["schedule"] }
            .SelectMany(method => method!["anyOf"]![1]!["properties"]!.AsObject())
            .Where(method => method.Key != MethodNotation.Key) // no method but a name for one, which no person writes
            .SelectMany(method =>
                method.Value!["properties"]!.AsObject()
                .Select(option => (Name: $"{method.Key}.{option.Key}", Meaning: (string)option.Value!["description"]!)))
            .ToArray();
        Assert.True(options.Length >= 20, $"only {options.Length} options were found");
        Assert.All(options, option => Assert.Matches("^[A-Zη][^<>]{15,}\\. Default: [^ ]+\\.$", option.Meaning));
        Assert.DoesNotContain(options, option => option.Meaning.Contains("An option of this method", StringComparison.Ordinal));
    }
}
