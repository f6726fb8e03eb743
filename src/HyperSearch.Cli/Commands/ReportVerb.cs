using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Plots.Report;

namespace HyperSearch.Cli.Commands;

/// <summary><c>report</c>: one self-contained HTML page about a campaign.</summary>
internal sealed class ReportVerb : ReadingVerb
{
    private readonly Option<string?> _out =
        new("--out") { HelpName = "FILE", Description = "The file to write. Default: report.html in the campaign's folder." };

    private readonly Option<double?> _base = DiagnoseVerb.BaseError();

    /// <summary>Makes the verb.</summary>
    public ReportVerb(Shell shell)
        : base("report", "Write one self-contained HTML page about a campaign.", shell, "report digits", "report digits --out digits.html")
    {
        Add(_out);
        Add(_base);
    }

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        var folder = new CampaignFolder(campaign.Folder);
        var file = parse.GetValue(_out) ?? Path.Combine(folder.Path, "report.html");
        if (parse.GetValue(_out) is null)
            File.Delete(file); // a link in its place would be written through
        OutputFile.RequirePlace(file);
        var context = new ReportContext
        {
            SearchFile = File.ReadAllText(folder.SearchPath),
            Environment = Surroundings(),
            Reproduce = string.Create(CultureInfo.InvariantCulture,
                $"hypersearch run search.yaml --seed {campaign.Search.Seed} --trials {campaign.Search.Trials}"),
            BaseError = parse.GetValue(_base),
            Written = Shell.Time.GetUtcNow(),
        };
        File.WriteAllText(file, ReportPage.Html(campaign, context), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var shown = Paths.Shown(file);
        if (asJson)
            Documents.Write(Terminal, json => json.WriteStringValue(shown));
        else
            Terminal.Line(shown);
        return ExitCode.Done;
    }

    private static ImmutableArray<(string Name, string Value)> Surroundings() =>
    [
        ("HyperSearch", typeof(ReportVerb).Assembly.GetName().Version?.ToString(3) ?? ""),
        ("Runtime", RuntimeInformation.FrameworkDescription),
        ("System", RuntimeInformation.OSDescription),
        ("Cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
    ];
}
