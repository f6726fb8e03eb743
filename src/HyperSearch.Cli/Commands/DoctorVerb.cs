using System.Collections.Immutable;
using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;

namespace HyperSearch.Cli.Commands;

/// <summary><c>doctor</c>: verifies a campaign's folder and repairs damage where it can.</summary>
internal sealed class DoctorVerb : Verb
{
    private readonly CampaignArgument _campaign;
    private readonly Option<bool> _repair =
        new("--repair")
        {
            Description = "Repair damage where possible: keep every whole record, build the index anew, remove left-over files.",
        };
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON document to stdout." };

    /// <summary>Makes the verb.</summary>
    public DoctorVerb(Shell shell)
        : base("doctor", "Verify a campaign's folder: checksums, counts, checkpoints, left-overs, the index.", shell, "doctor digits",
            "doctor digits --repair")
    {
        Add(_campaign = new CampaignArgument(shell));
        Add(_repair);
        Add(_json);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var folder = CampaignFolders.Find(parse.GetRequiredValue(_campaign), Shell.ResultsFolder(parse));
        var done = parse.GetValue(_repair) ? Doctor.Repair(folder, Shell.Time) : [];
        var findings = Doctor.Examine(folder);
        Write(Terminal, folder.Name, done, findings, parse.GetValue(_json));
        return Task.FromResult(findings.Any(finding => finding.Severity == FindingSeverity.Error) ? ExitCode.Failed : ExitCode.Done);
    }

    /// <summary>Writes the repairs and the findings.</summary>
    internal static void Write(Terminal terminal, string campaign, ImmutableArray<string> done,
        ImmutableArray<Finding> findings, bool asJson)
    {
        var healthy = findings.All(finding => finding.Severity == FindingSeverity.Note);
        if (asJson)
        {
            Documents.Write(terminal, json =>
            {
                json.WriteStartObject();
                json.WriteString("campaign", campaign);
                json.WriteBoolean("healthy", healthy);
                json.WriteStartArray("repaired");
                foreach (var sentence in done)
                    json.WriteStringValue(sentence);
                json.WriteEndArray();
                json.WriteStartArray("findings");
                foreach (var finding in findings)
                {
                    json.WriteStartObject();
                    json.WriteString("severity", Documents.Name(finding.Severity));
                    json.WriteString("message", finding.Message);
                    json.WriteBoolean("repairable", finding.Repairable);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return;
        }

        foreach (var sentence in done)
            terminal.Prose(sentence);
        foreach (var finding in findings)
            terminal.Prose($"{Documents.Name(finding.Severity)}: {finding.Message}");
        terminal.Line(healthy ? $"{campaign} is healthy." : $"{campaign} is not healthy.");
        if (findings.Any(finding => finding is { Repairable: true, Severity: not FindingSeverity.Note }))
            terminal.Remark($"hypersearch doctor {campaign} --repair puts right every fault that can be repaired.");
    }
}
