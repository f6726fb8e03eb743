using System.Text.Json.Nodes;
using HyperSearch.Searches;

namespace HyperSearch.Tests.Searches;

public sealed class SearchSchemaTests
{
    private static readonly JsonSchema Schema = new((JsonObject)JsonNode.Parse(SearchSchema.Generate())!);

    public static TheoryData<string> ReadyFiles => [.. Directory.EnumerateFiles(Repository.Folder("searches"), "*.yaml").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>Twenty shapes that are wrong, each a change of the good file.</summary>
    public static TheoryData<string, string> TwentyWrong => new()
    {
        { "minimize: dev_error", "minimise: dev_error" },
        { "minimize: dev_error\n", "" },
        { "minimize: dev_error", "minimize: dev_error\nmaximize: dev_error" },
        { "name: digits", "name: my digits" },
        { "epochs: 30", "epoch: 30" },
        { "epochs: 30", "epochs: 0" },
        { "epochs: 30", "epochs: 2.5" },
        { "epochs: 30", "task: regresion" },
        { "epochs: 30", "split: [0.8, 0.2]" },
        { "data: data/digits.csv", "data: {images: a.idx}" },
        { "  train:", "  trian:" },
        { "log: [1e-4, 1]", "log: [0, 1]" },
        { "log: [1e-4, 1]", "log: [1e-4]" },
        { "log: [1e-4, 1]", "lgo: [1e-4, 1]" },
        { "{log: [1e-4, 1]}", "[1e-4, 1]" },
        { "log_int: [16, 256]", "int: [16, many]" },
        { "choice: [momentum, rmsprop, adam]", "choice: []" },
        { "sampler: random", "sampler: randon" },
        { "trials: 120", "slots: 0" },
        { "trials: 120", "workers: many" },
        { "minimize: dev_error", "minimize: dev_error\nlimits: {trial_timeout: 10}" },
        { "minimize: dev_error", "minimize: dev_error\nschedule: {none: {rungs: 3}}" },
    };

    [Fact]
    public void Generate_IsWhatLiesBesideTheSearches()
    {
        var kept = Path.Combine(Repository.Folder("searches"), "search.schema.json");
        if (Environment.GetEnvironmentVariable("HYPERSEARCH_UPDATE_SCHEMA") == "1")
            File.WriteAllText(kept, SearchSchema.Generate());
        Assert.True(File.ReadAllText(kept) == SearchSchema.Generate(),
            "searches/search.schema.json is not what the grammar writes. Run this test with HYPERSEARCH_UPDATE_SCHEMA=1 and commit the file.");
    }

    [Theory]
    [MemberData(nameof(ReadyFiles))]
    public void Schema_AcceptsEveryReadyFile(string file) => Assert.True(Schema.Accepts(File.ReadAllText(Path.Combine(Repository.Folder("searches"), file))));

    [Theory]
    [MemberData(nameof(ReadyFiles))]
    public void Read_AcceptsEveryReadyFile(string file) => Assert.NotNull(SearchFile.Read(Path.Combine(Repository.Folder("searches"), file)));

    [Theory]
    [MemberData(nameof(ReadyFiles))]
    public void ReadyFile_NamesItsSchema(string file) =>
        Assert.StartsWith("# yaml-language-server: $schema=./search.schema.json\n", File.ReadAllText(Path.Combine(Repository.Folder("searches"), file)), StringComparison.Ordinal);

    [Fact]
    public void Schema_AcceptsTheGoodFile() => Assert.True(Schema.Accepts(Yaml.Good));

    [Theory]
    [MemberData(nameof(TwentyWrong))]
    public void Schema_RefusesWhatTheReaderRefuses(string piece, string by)
    {
        var wrong = Yaml.Changed(piece, by);

        Assert.NotEmpty(Yaml.Errors(wrong));
        Assert.False(Schema.Accepts(wrong));
    }
}
