using System.CommandLine;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Cli.Commands;

/// <summary><c>new</c>: writes a commented search file to start from.</summary>
internal sealed class NewVerb : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "The search's name; a path such as searches/mine works too." };
    private readonly Option<string> _template =
        new("--template") { HelpName = "T", Description = "The template to start from. Default csv." };

    private readonly Option<string?> _data = new("--data")
    {
        HelpName = "FILE",
        Description = "Data to look at: a CSV, Parquet or NPY file, or "
        + "a folder of pictures with a folder for each class."
    };
    private readonly Option<string?> _label = new("--label")
    {
        HelpName = "COLUMN",
        Description = "The column of --data that is to be "
        + "predicted."
    };

    /// <summary>Makes the verb.</summary>
    public NewVerb(Shell shell)
        : base("new", "Write a commented search file to start from.", shell, "new mine", "new mine --data flowers.csv --label "
        + "species", "new mine --template command")
    {
        CheckedOption.OneOf(_template, [.. Templates.All.Select(template => template.Name)]);
        Add(_name);
        Add(_template);
        Add(_data);
        Add(_label);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Word, string Meaning)> Words => Templates.All;

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var given = parse.GetRequiredValue(_name);
        var path = given.EndsWith(".yaml", StringComparison.Ordinal) ? given : given + ".yaml";
        var name = Path.GetFileNameWithoutExtension(path);
        NewCampaign.RefuseUnfit(name);
        if (File.Exists(path))
            throw CommandException.Usage($"{path} exists already; nothing was written.");
        OutputFile.RequirePlace(path);
        var text = parse.GetValue(_data) is { } data ? Drafted(name, path, data, parse) : Templates.Text(parse.GetValue(_template)
            ?? "csv", name);
        File.WriteAllText(path, text);
        Terminal.Line(path);
        Terminal.Note($"Edit it, then: hypersearch check {path}");
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>The search for data that are there, and remarks about the data.</summary>
    private string Drafted(string name, string path, string data, ParseResult parse)
    {
        if (parse.GetValue(_template) is not null)
            throw CommandException.Usage("--template and --data are two ways to begin; give one of them.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var relative = Path.GetRelativePath(folder, Path.GetFullPath(data)).Replace('\\', '/');
        var (source, summary) = DatasetLoader.Draft(new DataSource { Folder = folder, Path = relative, Label = parse.GetValue(_label) });
        summary = DraftedSearch.Dealt(summary);
        foreach (var line in summary.Lines)
            Terminal.Note(line);
        foreach (var question in summary.Reading.Questions.Concat(TrainingMetrics.LoneClasses(summary)))
            Terminal.Warning(question);
        return DraftedSearch.Text(name, relative, source, summary);
    }
}

/// <summary>The search files that <c>new</c> starts from, kept as resources of the program.</summary>
internal static class Templates
{
    /// <summary>Each with its meaning, in the order that help shows.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> All { get; } =
    [
        ("csv", "The built-in trainer on a CSV file."),
        ("images", "The built-in trainer on pictures, as IDX or NPY."),
        ("command", "A program of your own, one process for each piece of work."),
        ("worker", "A program of your own that stays alive and reads requests."),
        ("generated", "The built-in trainer on made-up data, to try things out."),
    ];

    /// <summary>The text of a template for a search of a name.</summary>
    public static string Text(string template, string name)
    {
        using var stream = typeof(Templates).Assembly.GetManifestResourceStream($"Templates.{template}.yaml")
            ?? throw new ArgumentException($"There is no template \"{template}\".", nameof(template));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("{name}", name, StringComparison.Ordinal);
    }
}
