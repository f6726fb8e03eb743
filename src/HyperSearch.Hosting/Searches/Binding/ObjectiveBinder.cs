using System.Collections.Immutable;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;
using HyperSearch.Training.Data;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>Makes an objective's definition of its checked map.</summary>
internal static class ObjectiveBinder
{
    private const int DefaultEpochs = 30;

    /// <summary>The definition; <c>null</c> when its parts contradict each other, for which an error was noted.</summary>
    public static ObjectiveDefinition? Bind(MapNode node, string folder, Problems problems) =>
        node["train"] is { } train ? Training(train, folder, problems)
        : node["code"] is not null ? new DelegateDefinition { Epochs = node["epochs"]?.AsCount() ?? new DelegateDefinition().Epochs }
        : Command(node, folder);

    private static CommandDefinition Command(MapNode node, string folder)
    {
        var defaults = new CommandDefinition([], folder);
        return new CommandDefinition([.. node["command"]!.AsItems().Select(item => item.AsText())], folder)
        {
            KeepAlive = node["protocol"]?.AsText() == "worker",
            Epochs = node["epochs"]?.AsCount() ?? defaults.Epochs,
            Environment = (node["env"] as MapNode)?.Entries.ToImmutableSortedDictionary(entry => entry.Key.Text, entry => entry.Value.AsText(), StringComparer.Ordinal) ?? defaults.Environment,
            Grace = node["grace"]?.AsDuration() ?? defaults.Grace,
        };
    }

    private static TrainingDefinition? Training(Node train, string folder, Problems problems)
    {
        var data = train["data"]!;
        var (single, map) = (data as ScalarNode, data as MapNode);
        var source = new DataSource
        {
            Folder = folder,
            Path = single?.Text,
            Train = Text(map, "train"),
            Dev = Text(map, "dev"),
            Test = Text(map, "test"),
            Images = Text(map, "images"),
            Labels = Text(map, "labels"),
            DevImages = Text(map, "dev_images"),
            DevLabels = Text(map, "dev_labels"),
            TestImages = Text(map, "test_images"),
            TestLabels = Text(map, "test_labels"),
            Generate = map?["generate"] is { } generate ? Generated(generate) : null,
            Label = Text(train, "label"),
            Task = Text(train, "task"),
            Ignore = Words(train["ignore"]),
            Categorical = Words(train["categorical"]),
            Missing = Text(train, "missing") ?? new DataSource().Missing,
            Split = train["split"]?.AsItems().Select(item => item.AsNumber()).ToImmutableArray(),
            Image = Text(train, "image"),
            Normalize = Text(train, "normalize"),
        };
        try
        {
            DatasetLoader.Check(source);
        }
        catch (DataException refusal)
        {
            problems.Add(train["split"] ?? data, refusal.Message);
            return null;
        }

        if (IsTable(source) && source.Label is null)
        {
            problems.Add(train, "objective.train: the key \"label\" is missing. It names the column of the CSV file that is to be predicted.");
            return null;
        }

        if (train["folds"] is null && train["ensemble"] is { } alone)
        {
            problems.Add(alone, "ensemble goes with folds: the networks of the folds answer together. Add folds: 5, or take ensemble away.");
            return null;
        }

        var defaults = new TrainingDefinition(source);
        return defaults with
        {
            Epochs = train["epochs"]?.AsCount() ?? DefaultEpochs,
            Folds = train["folds"]?.AsCount() ?? 0,
            Ensemble = train["ensemble"] switch
            {
                null or ScalarNode { Text: "auto" } => defaults.Ensemble,
                ScalarNode { Text: "none" } => 1,
                var size => size.AsCount(),
            },
        };
    }

    private static bool IsTable(DataSource source) =>
        (source.Path ?? source.Train) is { } path && !path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".npy.gz", StringComparison.OrdinalIgnoreCase);

    private static GeneratorOptions Generated(Node node)
    {
        var kind = node is ScalarNode ? node.AsText() : node["kind"]!.AsText();
        var defaults = new GeneratorOptions { Kind = kind };
        return defaults with
        {
            Rows = node["rows"]?.AsCount() ?? defaults.Rows,
            Noise = node["noise"]?.AsNumber(),
            Classes = node["classes"]?.AsCount(),
            Seed = (ulong?)node["seed"]?.AsWhole(),
        };
    }

    private static string? Text(Node? node, string key) => node?[key]?.AsText();

    private static ImmutableArray<string> Words(Node? node) => node is null ? [] : [.. node.AsItems().Select(item => item.AsText())];
}
