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
        HelpName = "csv|jsonl|parquet",
        Description = "A comma-separated table, one JSON object a line, or a Parquet file. Default csv.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        HelpName = "FILE",
        Description = "The file to write; Parquet needs one. Default: the output of the command.",
    };

    private readonly Option<bool> _raw = new("--raw")
    {
        Description = "Write text as it is, although a spreadsheet would run what begins with =, +, - or @, and a " +
            "terminal obey control characters.",
    };

    /// <summary>Makes the verb.</summary>
    public ExportVerb(Shell shell)
        : base("export", "Write every trial with every parameter and metric.", shell, "export digits --format csv > digits.csv",
            "export digits --format jsonl", "export digits --format parquet --out digits.parquet")
    {
        CheckedOption.OneOf(_format, "csv", "jsonl", "parquet");
        Add(_format);
        Add(_out);
        Add(_raw);
    }

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        var (format, file) = (parse.GetValue(_format), parse.GetValue(_out));
        if (format == "parquet")
        {
            if (file is null)
                throw CommandException.Usage("--format parquet needs --out FILE, because it is no text for a terminal.");
            WriteParquet(file, campaign);
            return ExitCode.Done;
        }

        if (file is not null)
        {
            OutputFile.RequirePlace(file);
            using var output = new StreamWriter(file);
            Write(format, Terminal.Piped(output, Terminal.Notes), campaign, parse.GetValue(_raw));
        }
        else
        {
            Write(format, Terminal, campaign, parse.GetValue(_raw));
        }

        return ExitCode.Done;
    }

    private static void Write(string? format, Terminal terminal, CampaignSnapshot campaign, bool raw)
    {
        if (format == "jsonl")
            WriteLines(terminal, campaign);
        else
            WriteTable(terminal.Out, campaign, raw);
        terminal.Flush();
    }

    private static void WriteParquet(string file, CampaignSnapshot campaign)
    {
        OutputFile.RequirePlace(file);
        using var output = File.Create(file);
        ParquetTrials.WriteAsync(output, campaign).GetAwaiter().GetResult();
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
        string[] metrics = [.. NamedMetrics.NamesOf(campaign.Trials)
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
                .. metrics.Select(name => trial.Measured.Find(name) is { } metric ? Exact(metric) : ""),
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
