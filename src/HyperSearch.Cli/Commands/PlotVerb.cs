using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Plots;

namespace HyperSearch.Cli.Commands;

/// <summary><c>plot</c>: pictures of a campaign.</summary>
internal sealed class PlotVerb : ReadingVerb
{
    private readonly Option<string?> _kinds =
        new("--kind") { HelpName = "K,…", Description = "Which pictures, separated by commas. Default: all that have something to show." };
    private readonly Option<string> _format = new("--format") { HelpName = "png|svg", Description = "The kind of file. Default png." };
    private readonly Option<string?> _out =
        new("--out") { HelpName = "DIR", Description = "The folder to write to. Default: plots in the campaign's folder." };

    /// <summary>Makes the verb.</summary>
    public PlotVerb(Shell shell)
        : base("plot", "Draw pictures of a campaign.", shell, "plot digits",
            "plot digits --kind history,slices --format svg --out pictures")
    {
        CheckedOption.OneOf(_format, "png", "svg");
        _kinds.CompletionSources.Add(context =>
        {
            var before = context.WordToComplete[..(context.WordToComplete.LastIndexOf(',') + 1)];
            return PlotKinds.All.Select(plot => before + plot.Kind);
        });
        Add(_kinds);
        Add(_format);
        Add(_out);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Word, string Meaning)> Words => PlotKinds.All.Select(plot => (plot.Kind, plot.Description));

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        var folder = parse.GetValue(_out) ?? new CampaignFolder(campaign.Folder).PlotsPath;
        var format = parse.GetValue(_format) == "svg" ? PictureFormat.Svg : PictureFormat.Png;
        var files = PlotFiles.Save(campaign, Kinds(parse), format, folder).Select(Paths.Shown).ToArray();
        if (asJson)
        {
            Documents.Write(Terminal, json =>
            {
                json.WriteStartArray();
                foreach (var file in files)
                    json.WriteStringValue(file);
                json.WriteEndArray();
            });
        }
        else
        {
            foreach (var file in files)
                Terminal.Line(file);
        }

        return ExitCode.Done;
    }

    private string[] Kinds(ParseResult parse)
    {
        string[] kinds = [.. (parse.GetValue(_kinds) ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        foreach (var kind in kinds)
        {
            try
            {
                PlotKinds.Find(kind);
            }
            catch (ArgumentException unknown)
            {
                throw CommandException.Usage(unknown.Message, unknown);
            }
        }

        return kinds;
    }
}
