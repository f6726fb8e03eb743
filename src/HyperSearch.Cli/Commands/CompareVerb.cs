using System.CommandLine;
using System.Globalization;
using System.Text.Json;
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
            Documents.Write(Terminal, json => WriteDocument(json, comparison));
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
            var finite = group.Best.Where(double.IsFinite).OrderBy(value => maximize ? -value : value).ToArray();
            table.Row([
                group.Name, group.Campaigns.Length.ToString(CultureInfo.InvariantCulture), Figure(group.Median),
                Figure(finite.Length > 0 ? finite[0] : double.NaN),
                Figure(finite.Length > 0 ? finite[^1] : double.NaN),
                group.Progress.Max(steps => steps.Length).ToString(CultureInfo.InvariantCulture),
            ]);
        }

        terminal.Table(table);
        foreach (var pair in comparison.Pairs.Where(pair => double.IsFinite(pair.WinShare)))
        {
            terminal.Paragraph(pair.PValue is { } p
                ? $"{Named(pair.First)} beats {Named(pair.Second)} in {Figures.Brief(100 * pair.WinShare)} % of the pairs of runs; "
                    + $"p = {Figures.Brief(p, 2)} (Mann-Whitney rank test){(p < 0.05 ? "" : ", so that may be chance")}."
                : $"{Named(pair.First)} {(pair.WinShare == 0.5 ? "equals" : pair.WinShare > 0.5 ? "is ahead of" : "is behind")} "
                    + $"{Named(pair.Second)} here, but a single run cannot tell luck from skill: repeat both with other seeds.");
        }

        static string Named(string group) => group.Contains(' ', StringComparison.Ordinal) ? $"\"{group}\"" : group;

        static string Figure(double value) => double.IsFinite(value) ? Figures.Brief(value, 4) : "-";
    }

    private static void WriteDocument(Utf8JsonWriter json, CampaignComparison comparison)
    {
        json.WriteStartObject();
        json.WriteObjects("groups", comparison.Groups, static (writer, group) =>
        {
            writer.WriteString("name", group.Name);
            writer.WriteNumber("median", (double?)group.Median);
            writer.WriteObjects("campaigns", group.Campaigns.Zip(group.Best), static (list, entry) =>
            {
                list.WriteString("campaign", entry.First);
                list.WriteNumber("best", (double?)entry.Second);
            });
        });
        json.WriteObjects("pairs", comparison.Pairs, static (writer, pair) =>
        {
            writer.WriteString("first", pair.First);
            writer.WriteString("second", pair.Second);
            writer.WriteNumber("win_share", (double?)pair.WinShare);
            writer.WriteNumber("p_value", pair.PValue);
        });
        json.WriteString("warning", comparison.Warning);
        json.WriteEndObject();
    }
}
