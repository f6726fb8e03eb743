using System.CommandLine;

namespace HyperSearch.Cli;

/// <summary><c>new</c>: writes a commented search file to start from.</summary>
internal sealed class NewVerb : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "The search's name; a path such as searches/mine works too." };
    private readonly Option<string> _template = new("--template") { HelpName = "T", Description = "What to start from. Default csv." };

    /// <summary>Makes the verb.</summary>
    public NewVerb(Shell shell)
        : base("new", "Write a commented search file to start from.", shell, "new mine", "new mine --template command")
    {
        CheckedOption.OneOf(_template, [.. Templates.All.Select(template => template.Name)]);
        Add(_name);
        Add(_template);
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
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw CommandException.Usage($"There is no folder {folder} to write {Path.GetFileName(path)} to.");
        File.WriteAllText(path, Templates.Text(parse.GetValue(_template) ?? "csv", name));
        Terminal.Line(path);
        Terminal.Note($"Edit it, then: hypersearch check {path}");
        return Task.FromResult(ExitCode.Done);
    }
}
