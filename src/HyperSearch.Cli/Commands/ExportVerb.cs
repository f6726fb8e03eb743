using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary><c>export</c>: every trial, every parameter and metric, for other programs.</summary>
internal sealed class ExportVerb : ReadingVerb, IDocumentVerb
{
    private readonly Option<string> _format = new("--format")
    {
        HelpName = "csv|jsonl",
        Description = "A comma-separated table, or one JSON object a line. Default csv.",
    };

    private readonly Option<bool> _raw = new("--raw")
    {
        Description = "Write text as it is, although a spreadsheet would run what begins with =, +, - or @, and a " +
            "terminal obey control characters.",
    };

    /// <summary>Makes the verb.</summary>
    public ExportVerb(Shell shell)
        : base("export", "Write every trial with every parameter and metric.", shell, "export digits --format csv > digits.csv",
            "export digits --format jsonl")
    {
        CheckedOption.OneOf(_format, "csv", "jsonl");
        Add(_format);
        Add(_raw);
    }

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        if (parse.GetValue(_format) == "jsonl")
            WriteLines(Terminal, campaign);
        else
            WriteTable(Terminal.Out, campaign, parse.GetValue(_raw));
        return ExitCode.Done;
    }

    /// <summary>Writes one JSON object a line.</summary>
    internal static void WriteLines(Terminal terminal, CampaignSnapshot campaign)
    {
        foreach (var trial in campaign.Trials)
        {
            Documents.WriteLine(terminal, json =>
            {
                json.WriteStartObject();
                json.WriteTrial(trial, trial.Value);
                if (IsConfirming(campaign))
                    json.WriteConfirmation("confirmed", trial);
                WriteStart(json, trial);
                json.WriteString("reason", trial.Reason);
                json.WriteEndObject();
            });
        }
    }

    /// <summary>Writes a table as RFC 4180 has it, with a line feed after each row; a value that a trial does not have is empty.</summary>
    /// <param name="output">The writer.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="raw">Whether text is written as it is.</param>
    internal static void WriteTable(TextWriter output, CampaignSnapshot campaign, bool raw)
    {
        string[] parameters = [.. campaign.Search.Space.Parameters.Select(parameter => parameter.Name)];
        string[] metrics = [.. campaign.Trials.SelectMany(trial => trial.Metrics.Keys).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        var confirming = IsConfirming(campaign);
        Csv.WriteRow(output,
        [
            "trial", "state", "value", "epochs", "seconds", "origin", "started", "reason",
            .. confirming ? ["confirmed_mean", "confirmed_standard_error", "confirmed_runs"] : Array.Empty<string>(),
            .. parameters.Select(name => "params_" + name), .. metrics.Select(name => "metrics_" + name),
        ], raw);
        foreach (var trial in campaign.Trials)
        {
            Csv.WriteRow(output,
            [
                trial.Number.ToString(CultureInfo.InvariantCulture), Documents.Name(trial.State),
                trial.Value is { } value ? Exact(value) : "",
                trial.Epochs.ToString(CultureInfo.InvariantCulture), Exact(trial.Seconds), Documents.Name(trial.Origin.Kind),
                trial.Jobs.IsEmpty ? "" : trial.Jobs[0].Started.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), trial.Reason ?? "",
                .. confirming ? Confirmation(trial) : [],
                .. parameters.Select(name => trial.Point.TryGetValue(name, out var setting) ? setting.ToString() : ""),
                .. metrics.Select(name => trial.Metrics.TryGetValue(name, out var metric) ? Exact(metric) : ""),
            ], raw);
        }
    }

    private static bool IsConfirming(CampaignSnapshot campaign) =>
        campaign.Search.Confirm is not null || campaign.Trials.Any(trial => trial.Confirmed is not null);

    private static string[] Confirmation(Trial trial) => trial.Confirmed is not { } confirmed
        ? ["", "", ""]
        : [Exact(confirmed.Mean), confirmed.StandardError is { } error ? Exact(error) : "",
            confirmed.Values.Length.ToString(CultureInfo.InvariantCulture)];

    private static void WriteStart(Utf8JsonWriter json, Trial trial)
    {
        if (trial.Jobs.IsEmpty)
            json.WriteNull("started");
        else
            json.WriteString("started", trial.Jobs[0].Started.UtcDateTime);
    }

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
