using System.CommandLine;
using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary><c>diagnose</c>: bias and variance of the winner, with advice.</summary>
internal sealed class DiagnoseVerb : ReadingVerb
{
    private readonly Option<double?> _base = BaseError();

    /// <summary>Makes the verb.</summary>
    public DiagnoseVerb(Shell shell)
        : base("diagnose", "Say whether the winner suffers from bias or variance, and what to try next.", shell, "diagnose digits",
            "diagnose digits --base-error 0.01") => Add(_base);

    /// <summary>The option of the verbs that diagnose.</summary>
    internal static Option<double?> BaseError() => CheckedOption.Number(
        "--base-error", "E",
        "The error that a team of experts would have, in the metric's own unit (0.01 is 1 %). Default: base_error " +
        "of the search file, else 0.");

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        var diagnosis = Diagnostician.Diagnose(campaign, parse.GetValue(_base));
        if (asJson)
            Documents.Write(Terminal, json => WriteDocument(json, diagnosis));
        else
            Write(Terminal, diagnosis);
        return ExitCode.Done;
    }

    /// <summary>Writes a diagnosis for people.</summary>
    internal static void Write(Terminal terminal, Diagnosis diagnosis)
    {
        terminal.Styled(diagnosis.Trial is { } trial ? $"[bold]Diagnosis of trial {trial}[/]" : "[bold]Diagnosis[/]");
        terminal.Paragraph(diagnosis.Summary);
        foreach (var advice in diagnosis.Next)
        {
            terminal.Paragraph(advice.Text);
            foreach (var line in advice.Lines)
                terminal.Line("      " + line);
        }

        foreach (var edge in diagnosis.Edges)
        {
            terminal.Paragraph(edge.Sentence);
            if (edge.Advised is { } line)
                terminal.Line("      " + line);
        }

        foreach (var idle in diagnosis.Idle)
        {
            terminal.Paragraph($"{idle.Parameter} made little difference here ({Figures.Of(idle.Share, share: true)} ± " +
                $"{Figures.Of(idle.ShareError, share: true)} of the variance); to save trials, fix it.");
            terminal.Line("      " + idle.Line);
        }

        foreach (var signals in diagnosis.Signals)
        {
            terminal.Paragraph(signals.Sentence);
            foreach (var line in signals.Lines)
                terminal.Line("      " + line);
        }

        if (diagnosis.TrendSummary is { } trend)
            terminal.Paragraph(trend);
        if (diagnosis.TooFew is { } few)
            terminal.Paragraph(few);
    }

    private static void WriteDocument(Utf8JsonWriter json, Diagnosis diagnosis)
    {
        json.WriteStartObject();
        json.WriteNumber("trial", diagnosis.Trial);
        json.WriteString("metric", diagnosis.Metric);
        json.WriteNumber("base_error", (double?)diagnosis.BaseError);
        json.WriteNumber("train_error", diagnosis.TrainError);
        json.WriteNumber("dev_error", diagnosis.DevError);
        json.WriteNumber("dev_standard_error", diagnosis.DevStandardError);
        json.WriteNumber("avoidable_bias", diagnosis.AvoidableBias);
        json.WriteNumber("variance", diagnosis.Variance);
        json.WriteString("verdict", Documents.Name(diagnosis.Fit));
        json.WriteString("summary", diagnosis.Summary);
        json.WriteObjects("next", diagnosis.Next, static (writer, advice) =>
        {
            writer.WriteString("text", advice.Text);
            writer.WriteArray("lines", advice.Lines, static (lines, line) => lines.WriteStringValue(line));
        });
        json.WriteObjects("edges", diagnosis.Edges, static (writer, edge) =>
        {
            writer.WriteString("parameter", edge.Parameter);
            writer.WriteString("end", edge.AtHigh ? "high" : "low");
            writer.WriteNumber("crowd", edge.Crowd);
            writer.WriteNumber("leaders", edge.Leaders);
            writer.WriteString("line", edge.Line);
        });
        json.WriteObjects("idle", diagnosis.Idle, static (writer, idle) =>
        {
            writer.WriteString("parameter", idle.Parameter);
            writer.WriteNumber("share", idle.Share);
            writer.WriteNumber("share_error", idle.ShareError);
            writer.WriteString("line", idle.Line);
        });
        json.WriteArray("signals", diagnosis.Signals, static (writer, finding) =>
        {
            writer.WriteStartObject();
            writer.WriteString("trend", finding.Vanishes ? "vanishing" : "exploding");
            writer.WriteNumber("bad", finding.Bad);
            writer.WriteNumber("of_bad", finding.OfBad);
            writer.WriteNumber("good", finding.Good);
            writer.WriteNumber("of_good", finding.OfGood);
            writer.WriteArray("lines", finding.Lines, static (lines, line) => lines.WriteStringValue(line));
            writer.WriteEndObject();
        });
        json.WriteString("trend", diagnosis.TrendSummary);
        json.WriteObjects("trials", diagnosis.Trials, static (writer, fit) =>
        {
            writer.WriteNumber("trial", fit.Trial);
            writer.WriteNumber("train_error", (double?)fit.TrainError);
            writer.WriteNumber("dev_error", (double?)fit.DevError);
            writer.WriteNumber("avoidable_bias", (double?)fit.AvoidableBias);
            writer.WriteNumber("variance", (double?)fit.Variance);
        });
        json.WriteString("too_few", diagnosis.TooFew);
        json.WriteEndObject();
    }
}
