using System.CommandLine;
using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Searches;
using HyperSearch.Plots;

namespace HyperSearch.Cli.Commands;

/// <summary><c>compare</c>: campaigns side by side.</summary>
internal sealed class CompareVerb : Verb
{
    private readonly Argument<string[]> _campaigns =
        new("CAMPAIGN")
        {
            HelpName = "CAMPAIGN",
            Description = "Two or more names under the results folder, or paths.",
            Arity = new ArgumentArity(2, 1000)
        };
    private readonly Option<string?> _plot =
        new("--plot") { HelpName = "FILE", Description = "Also draw the best so far of each, as PNG or SVG by the file's ending." };
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON document to stdout." };

    /// <summary>Makes the verb.</summary>
    public CompareVerb(Shell shell)
        : base(
            "compare", "Compare campaigns; repetitions with other seeds form a group.", shell, "compare digits digits-2",
            "compare a-1 a-2 a-3 b-1 b-2 b-3 --plot compared.png")
    {
        _campaigns.CompletionSources.Add(context => CampaignFolders.Names(Shell.ResultsFolder(context.ParseResult)));
        Add(_campaigns);
        Add(_plot);
        Add(_json);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var folders = parse.GetRequiredValue(_campaigns).Select(name => CampaignFolders.Find(name, Shell.ResultsFolder(parse))).ToArray();
        if (folders.CountBy(folder => Path.GetFullPath(folder.Path)).FirstOrDefault(entry => entry.Value > 1) is { Key: { } twice })
            throw CommandException.Usage($"{Path.GetFileName(twice)} is named twice. A campaign counts once, or the rank test would take " +
                "copies of a run for repetitions.");
        using var turn = await Polling.AwaitTurnAsync(folders, Shell, stop);
        var campaigns = folders.Select(folder => Campaign.Open(folder).Read()).ToArray();
        if (SearchComparison.Refusal(campaigns) is { } refusal)
            throw CommandException.Usage(refusal);
        var comparison = SearchComparison.Of(campaigns);
        var search = campaigns[0].Search;
        if (parse.GetValue(_plot) is { } file)
        {
            OutputFile.RequirePlace(file);
            var format = file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) ? PictureFormat.Svg : PictureFormat.Png;
            PlotFiles.Write(ComparisonPicture.Draw(comparison, search.Metric, search.Maximize), format, file);
        }

        if (parse.GetValue(_json))
            Documents.Write(Terminal, json => ComparisonDocument.Write(json, comparison, search.Goals[0]));
        else
            Write(Terminal, comparison, search.Metric, search.Maximize);
        return ExitCode.Done;
    }

    /// <summary>Writes the comparison for people.</summary>
    internal static void Write(Terminal terminal, CampaignComparison comparison, string metric, bool maximize)
    {
        if (comparison.Warning is { } warning)
            terminal.Warning(warning);
        var table = new TextTable().Column("campaigns", right: false).Column("runs").Column($"median {metric}").Column("best")
            .Column("worst").Column("trials", keep: 1);
        foreach (var group in comparison.Groups)
        {
            var ordered = group.Ordered(maximize).DefaultIfEmpty(double.NaN).ToArray();
            table.Row([
                group.Name, group.Campaigns.Length.ToString(CultureInfo.InvariantCulture), Figure(group.Median),
                Figure(ordered[0]), Figure(ordered[^1]), group.Trials.ToString(CultureInfo.InvariantCulture),
            ]);
        }

        terminal.Table(table);
        foreach (var sentence in comparison.Pairs.Select(pair => pair.Sentence).OfType<string>())
            terminal.Paragraph(sentence);
        foreach (var campaign in comparison.SteppedInto)
            terminal.Remark(RankVerb.SteppedIn(campaign));

        static string Figure(double value) => double.IsFinite(value) ? Figures.Brief(value, 4) : "-";
    }
}
