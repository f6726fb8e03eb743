using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Training.Data;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>The sources of data that are more than one path, each by the key that tells it from the others.</summary>
internal static class SourceTable
{
    private static readonly TextShape FilePath = new("a file's path");
    private static readonly Form<string> Figure = Form.Word("figure", "spirals", "moons", "blobs", "circles", "digits");
    private static readonly Form<string> File = Form.Text(FilePath);

    private static readonly Section<GeneratorOptions> Figures = new("generated data", new GeneratorOptions { Kind = "spirals" })
    {
        { "kind", Figure, made => made.Kind, (made, v) => made with { Kind = v }, "The figure to draw.", Rules.Required },
        { "rows", Form.Count(1), made => made.Rows, (made, v) => made with { Rows = v }, "Number of examples over all classes." },
        {
            "noise", Form.Number(new NumberShape { Min = 0 }), made => made.Noise, (made, v) => made with { Noise = v },
            "Spread around the ideal; each figure has its own default."
        },
        Field<GeneratorOptions>.OrNone(
            "classes", Form.Count(2, 1000), made => made.Classes is { } classes ? (true, classes) : default,
                (made, v) => made with { Classes = v },
            "Number of classes of spirals and blobs.", Rules.None) with
        {
            Default = _ => "3",
        },
        { "seed", Form.Seed, made => made.Seed, (made, v) => made with { Seed = v },
            "Seed of the drawing; the campaign's own when left out." },
    };

    private static readonly ImmutableArray<(string Key, Func<DataSource, bool> IsGiven, Section<DataSource> Section)> Sources =
    [
        ("train", data => data.Train is not null, new("data", new DataSource())
        {
            Path("train", data => data.Train, (data, v) => data with { Train = v }, "The training file.", Rules.Required),
            Path("dev", data => data.Dev, (data, v) => data with { Dev = v },
                "A development file of its own; cut from the training file when left out."),
            Path("test", data => data.Test, (data, v) => data with { Test = v },
                "A test file of its own; cut from the training file when left out."),
        }),
        ("images", data => data.Images is not null, new("data", new DataSource())
        {
            Path("images", data => data.Images, (data, v) => data with { Images = v }, "Pictures as IDX or NPY, .gz too.", Rules.Required),
            Path("labels", data => data.Labels, (data, v) => data with { Labels = v }, "The labels of the pictures, IDX or NPY, .gz too.",
                Rules.Required),
            Path("dev_images", data => data.DevImages, (data, v) => data with { DevImages = v }, "Development pictures of their own."),
            Path("dev_labels", data => data.DevLabels, (data, v) => data with { DevLabels = v }, "The labels of dev_images."),
            Path("test_images", data => data.TestImages, (data, v) => data with { TestImages = v }, "Test pictures of their own."),
            Path("test_labels", data => data.TestLabels, (data, v) => data with { TestLabels = v }, "The labels of test_images."),
        }),
        ("generate", data => data.Generate is not null, new("data", new DataSource())
        {
            new Field<DataSource>(new Key(
                "generate",
                new KindShape("a figure, or {kind: spirals, rows: 1000, noise: 0.1}") { Single = Figure.Shape, Map = Figures.Shape },
                "Made-up data: spirals, moons, blobs, circles or digits.") { Required = true })
            {
                Read = (data, node, reading) => data with
                {
                    Generate = node is ScalarNode
                        ? new GeneratorOptions { Kind = node.AsText() } : Figures.Read(Figures.Untouched, node, reading),
                },
                Write = data => data.Generate is { } made ? Figures.Write(made) : null,
                Facts = data => data.Generate is { } made ? Figures.Facts(made, "generate") : [],
            },
        }),
    ];

    /// <summary>The form of data in a search file: a path, or a map of one of these.</summary>
    public static KindShape Shape { get; } = new("a file, {train: …, dev: …, test: …}, {images: …, labels: …} or {generate: …}")
    {
        Single = FilePath,
        Map = new AlternativesShape("data", "source", [.. Sources.Select(source => (source.Key, source.Section.Shape))]),
    };

    /// <summary>The data that a sound node names.</summary>
    public static DataSource Read(DataSource data, Node node, Reading reading) => node is ScalarNode
        ? data with { Path = node.AsText() }
        : Sources.First(source => node[source.Key] is not null).Section.Read(data, node, reading);

    /// <summary>The fields of such a source; <c>null</c> for a path.</summary>
    public static Section<DataSource>? Of(DataSource data) => Sources.FirstOrDefault(source => source.IsGiven(data)).Section;

    private static Field<DataSource> Path(string name, Func<DataSource, string?> get, Func<DataSource, string, DataSource> set,
        string meaning, Rules rules = Rules.None) =>
        Field<DataSource>.OrNone(name, File, data => (get(data) is not null, get(data)!), set, meaning, rules);
}
