using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary><c>importance</c>: which hyperparameters matter.</summary>
internal sealed class ImportanceVerb(Shell shell)
    : ReadingVerb("importance", "Say which hyperparameters matter, over the whole space and among the good trials.", shell,
        "importance digits", "importance digits --json")
{
    private const int Pairs = 5;

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        Write(Terminal, campaign, asJson);
        return ExitCode.Done;
    }

    /// <summary>Writes a report for each metric.</summary>
    internal static void Write(Terminal terminal, CampaignSnapshot campaign, bool asJson)
    {
        var reports = campaign.Search.Goals.Select(goal => (goal.Metric, Report: Importance.Of(campaign, goal))).ToList();
        if (asJson)
        {
            Documents.Write(terminal, json => WriteDocument(json, reports));
            return;
        }

        foreach (var (metric, report) in reports)
        {
            if (report.TooFew is null)
                Write(terminal, campaign.Name, metric, report);
            else
                terminal.Line(reports.Count > 1 ? $"{campaign.Name}, {metric}: {report.TooFew}" : $"{campaign.Name}: {report.TooFew}");
            if (report.TooFew is null || reports.Count > 1)
                terminal.Line();
        }

        if (reports.Any(one => one.Report.TooFew is null))
        {
            terminal.Remark(
                "Whole space: share of the variance (functional ANOVA on a random forest). Best tenth: what tells it from all trials; "
                + "better half: what is left to turn there (PED-ANOVA). "
                + "± is one standard deviation over resampled trials.");
        }
    }

    private static void Write(Terminal terminal, string name, string metric, ImportanceReport report)
    {
        terminal.Line($"{name}: what explains {metric}, from {Figures.Count(report.Trials, "trial")}");
        terminal.Line();
        var table = new TextTable().Column("hyperparameter", right: false).Column("whole space").Column("best tenth", keep: 1)
            .Column("within the better half", keep: 2);
        foreach (var parameter in report.Parameters)
        {
            table.Row([
                parameter.Name,
                Share(parameter.Share, parameter.ShareError),
                report.TellsTheBest ? Share(parameter.GoodShare, parameter.GoodShareError) : "",
                report.TellsTheBest ? Share(parameter.TopShare, parameter.TopShareError) : "",
            ]);
        }

        terminal.Table(table);
        if (report.TieSentence is { } ties)
            terminal.Paragraph(ties);
        if (!report.Pairs.IsEmpty)
        {
            terminal.Line();
            terminal.Styled("[bold]Pairs[/], beyond what each does alone");
            foreach (var pair in report.Pairs.Take(Pairs))
                terminal.Line($"  {Share(pair.Share, pair.ShareError)}  {pair.First} with {pair.Second}");
        }
    }

    /// <summary>The report of the first metric, and within it those of the others that it is traded off with.</summary>
    private static void WriteDocument(Utf8JsonWriter json, List<(string Metric, ImportanceReport Report)> reports)
    {
        json.WriteStartObject();
        WriteFields(json, reports[0].Metric, reports[0].Report);
        if (reports.Count > 1)
            json.WriteObjects("further", reports.Skip(1), static (writer, one) => WriteFields(writer, one.Metric, one.Report));
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, string metric, ImportanceReport report)
    {
        json.WriteString("metric", metric);
        json.WriteNumber("trials", report.Trials);
        json.WriteNumber("tied", report.Tied);
        json.WriteArray("parameters", report.Parameters, (writer, parameter) =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", parameter.Name);
            writer.WriteNumber("share", (double?)parameter.Share);
            writer.WriteNumber("share_error", (double?)parameter.ShareError);
            writer.WriteNumber("good_share", report.TellsTheBest ? parameter.GoodShare : null);
            writer.WriteNumber("good_share_error", report.TellsTheBest ? parameter.GoodShareError : null);
            writer.WriteNumber("top_share", report.TellsTheBest ? parameter.TopShare : null);
            writer.WriteNumber("top_share_error", report.TellsTheBest ? parameter.TopShareError : null);
            writer.WriteEndObject();
        });
        json.WriteObjects("pairs", report.Pairs, static (writer, pair) =>
        {
            writer.WriteString("first", pair.First);
            writer.WriteString("second", pair.Second);
            writer.WriteNumber("share", (double?)pair.Share);
            writer.WriteNumber("share_error", (double?)pair.ShareError);
        });
        json.WriteString("too_few", report.TooFew);
    }

    private static string Share(double share, double error) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share,4:0.0} ± {100 * error:0.0} %");
}
