using System.CommandLine;
using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Cli.Commands;

/// <summary><c>show</c>: everything about one trial, with its learning curve.</summary>
internal sealed class ShowVerb : ReadingVerb
{
    private const int CurveRows = 10;

    private const int LogLines = 5;

    private readonly Argument<int> _trial = CheckedOption.TrialNumber();

    /// <summary>Makes the verb.</summary>
    public ShowVerb(Shell shell)
        : base("show", "Show everything about one trial, with its learning curve.", shell, "show digits 17", "show digits 17 --json") =>
            Add(_trial);

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        Write(Terminal, campaign, parse.GetRequiredValue(_trial), asJson, Campaign.Open(new CampaignFolder(campaign.Folder)).ReadLive());
        return ExitCode.Done;
    }

    /// <summary>Writes a trial.</summary>
    internal static void Write(Terminal terminal, CampaignSnapshot campaign, int number, bool asJson, LiveStatus? live = null)
    {
        var ranked = Ranking.Rank(campaign.Trials, campaign.Search).FirstOrDefault(candidate => candidate.Trial.Number == number);
        if (ranked is null && live?.Jobs.FirstOrDefault(job => job.Trial == number) is { } running)
        {
            WriteRunning(terminal, campaign, running, asJson);
            return;
        }

        if (ranked is null)
            throw Unknown(campaign, number);
        if (asJson)
            Documents.Write(terminal, json => TrialDocument.Write(json, campaign, ranked));
        else
            WriteText(terminal, campaign, ranked);
    }

    /// <summary>Refuses a trial that has not ended, by the numbers of those that have.</summary>
    internal static CommandException Unknown(CampaignSnapshot campaign, int number) => CommandException.Usage(campaign.Trials.IsEmpty
        ? $"{campaign.Name} has no trial that has ended yet."
        : $"{campaign.Name} has no trial {number} that has ended: its trials are {campaign.Trials[0].Number} to " +
            $"{campaign.Trials[^1].Number}.");

    /// <summary>Writes the log of a trial that runs; nothing more is known of it.</summary>
    private static void WriteRunning(Terminal terminal, CampaignSnapshot campaign, LiveJob job, bool asJson)
    {
        if (asJson)
        {
            Documents.Write(terminal, json => TrialDocument.WriteRunning(json, campaign, job));
            return;
        }

        terminal.Styled($"[bold]{Terminal.Escape($"Trial {job.Trial} of {campaign.Name}")}[/]: running, at epoch " +
            $"{job.Epoch} of {job.ToEpochs}");
        WriteLog(terminal, campaign, job.Trial);
    }

    private static void WriteLog(Terminal terminal, CampaignSnapshot campaign, int trial)
    {
        if (TrialLogs.Paths(new CampaignFolder(campaign.Folder), trial) is not { Count: > 0 } logs)
            return;
        terminal.Line();
        terminal.Styled($"[bold]Log[/]: {Terminal.Escape(Paths.Shown(logs[^1]))}");
        foreach (var line in TrialLogs.Tail(logs[^1], LogLines))
            terminal.Line("  " + line.Replace('\t', ' '));
    }

    private static void WriteText(Terminal terminal, CampaignSnapshot campaign, RankedTrial ranked)
    {
        var trial = ranked.Trial;
        var state = Documents.Name(trial.State).Replace('_', ' ');
        terminal.Styled($"[bold]{Terminal.Escape($"Trial {trial.Number} of {campaign.Name}")}[/]: {state}, rank {ranked.Rank} " +
            $"of {campaign.Trials.Length}");
        if (trial.Reason is { } reason)
            Fact("because", string.Join("\n" + new string(' ', 15), reason.ReplaceLineEndings("\n").Split('\n')));
        Fact(campaign.Search.Metric, trial.Value is { } value ? Figures.Brief(value, 4) : "none");
        foreach (var goal in campaign.Search.Further)
            Fact(goal.Metric, trial.Metrics.TryGetValue(goal.Metric, out var further) ? Figures.Brief(further, 4) : "none");
        if (ranked.Front is { } front)
            Fact("front", front == 1 ? "1: no other trial beats it in everything" : $"{front}: trials of the fronts before beat it");
        if (trial.Confirmed is { Mean: var mean })
            Fact("confirmed", $"{Figures.Brief(mean, 4)}{ConfirmedText.Suffix(trial)}; the value above is the search's own score");
        Fact("work", $"{Lineage.Work(trial)}, {Figures.Count(trial.Jobs.Length, "job")}");
        void Fact(string label, string text) => terminal.Prose($"  {label,-12} {text}", hang: 15);

        var explanation = Explanation.Of(campaign, trial.Number);
        WriteWhy(terminal, explanation);
        WriteParameters(terminal, campaign, trial, explanation);
        PopulationText.WriteLineage(terminal, campaign, trial);
        if (!trial.Metrics.IsEmpty)
        {
            terminal.Line();
            terminal.Styled("[bold]Metrics at the end[/]");
            var width = trial.Metrics.Keys.Max(name => name.Length);
            foreach (var (name, metric) in trial.Metrics)
                terminal.Line($"  {name.PadRight(width)}  {Figures.Brief(metric, 4)}");
        }

        if (!explanation.Rungs.IsEmpty)
            WriteRungs(terminal, campaign, explanation);
        if (trial.Jobs.Length > 1)
            WriteJobs(terminal, campaign, trial);
        WriteCurve(terminal, campaign, trial);
        SignalsText.Write(terminal, trial);
        WriteError(terminal, trial);
        WriteLog(terminal, campaign, trial.Number);
    }

    /// <summary>The exception of an objective in code, with the frames that are the program's own.</summary>
    private static void WriteError(Terminal terminal, Trial trial)
    {
        if (trial.Error is not { } error)
            return;
        terminal.Line();
        terminal.Styled("[bold]Exception[/]");
        foreach (var line in error.ReplaceLineEndings("\n").Split('\n').Where(IsOfTheProgram))
            terminal.Line("  " + line.Replace('\t', ' '));

        static bool IsOfTheProgram(string line) => !line.StartsWith("--- End of stack trace", StringComparison.Ordinal)
            && !line.TrimStart().StartsWith("at HyperSearch.Hosting.", StringComparison.Ordinal)
            && !line.TrimStart().StartsWith("at Polly.", StringComparison.Ordinal);
    }

    private static void WriteWhy(Terminal terminal, Explanation explanation)
    {
        terminal.Line();
        terminal.Styled("[bold]Why this point[/]");
        terminal.Paragraph(string.Join(' ', explanation.Sentences));
        if (explanation.Round is { } round)
            terminal.Paragraph(string.Create(CultureInfo.InvariantCulture, $"More of that round: explain with --round {round}."));
    }

    /// <summary>The parameters, beside the values of the trial that it was placed around and the box it was drawn from.</summary>
    private static void WriteParameters(Terminal terminal, CampaignSnapshot campaign, Trial trial, Explanation explanation)
    {
        terminal.Line();
        var bounds = explanation.Box.ToDictionary(side => side.Parameter,
            side => $"{Figures.Brief(side.Low)} to {Figures.Brief(side.High)}");
        var centre = explanation.Around.IsEmpty ? null : explanation.Around[0].Trial;
        var table = new TextTable().Column("parameter", right: false).Column("value");
        if (centre is not null)
            table.Column(string.Create(CultureInfo.InvariantCulture, $"trial {centre.Number}"));
        if (bounds.Count > 0)
            table.Column("its box", right: false, keep: 1);
        table.Column("scale", right: false, keep: 2);
        foreach (var parameter in campaign.Search.Space.Parameters)
        {
            string[] cells =
            [
                parameter.Name, Value(trial.Point, parameter.Name),
                .. centre is null ? Array.Empty<string>() : [Value(centre.Point, parameter.Name)],
                .. bounds.Count > 0 ? [bounds.GetValueOrDefault(parameter.Name, "")] : Array.Empty<string>(),
                parameter.IsFixed ? "fixed" : parameter.Scale.Describe(),
            ];
            table.Row(cells);
        }

        terminal.Table(table);

        static string Value(Point point, string name) => point.TryGetValue(name, out var value) ? Figures.Brief(value) : "-";
    }

    private static void WriteRungs(Terminal terminal, CampaignSnapshot campaign, Explanation explanation)
    {
        terminal.Line();
        terminal.Styled("[bold]Its way up the rungs[/]");
        var table = new TextTable().Column("epochs").Column(campaign.Search.Metric).Column("place").Column("", right: false);
        foreach (var rung in explanation.Rungs)
        {
            table.Row([
                rung.Epochs.ToString(CultureInfo.InvariantCulture), rung.Value is { } value ? Figures.Brief(value, 4) : "-",
                rung.Place is { } place ? string.Create(CultureInfo.InvariantCulture, $"{place} of {rung.Of}") : "-",
                rung.Status switch
                {
                    RungStatus.NotReached => "not reached",
                    RungStatus.Skipped => "began above it",
                    RungStatus.Stayed => "not promoted",
                    RungStatus.Promoted => "promoted",
                    _ => "trained in full",
                },
            ]);
        }

        terminal.Table(table);
    }

    private static void WriteJobs(Terminal terminal, CampaignSnapshot campaign, Trial trial)
    {
        terminal.Line();
        var table = new TextTable().Column("job").Column("epochs", right: false).Column("state", right: false)
            .Column(campaign.Search.Metric).Column("attempts", keep: 2).Column("seconds", keep: 1);
        foreach (var job in trial.Jobs)
        {
            table.Row([
                job.Job.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{job.FromEpochs} to {job.Epochs}"), Documents.Name(job.State),
                job.Value is { } value ? Figures.Brief(value, 4) : "-", job.Attempts.ToString(CultureInfo.InvariantCulture),
                Figures.Brief(job.Seconds),
            ]);
        }

        terminal.Table(table);
    }

    private static void WriteCurve(Terminal terminal, CampaignSnapshot campaign, Trial trial)
    {
        var metric = campaign.Search.Metric;
        var column = trial.Curve.Column(metric);
        if (column.Length < 2)
            return;
        terminal.Line();
        terminal.Styled($"[bold]{Terminal.Escape($"Learning curve: {metric} by epoch")}[/]");
        if (terminal.OutIsTerminal)
        {
            foreach (var line in LinePlot.Draw(trial.Curve.Epochs, column, Math.Min(terminal.Width - 16, 72), 8))
                terminal.Line("  " + line);
            return;
        }

        string[] names = [metric, .. trial.Curve.Columns.Keys.Where(name => name != metric)];
        var table = new TextTable().Column("epoch");
        foreach (var name in names)
            table.Column(name, keep: name == metric ? 0 : 1);
        foreach (var i in Spread(column.Length, CurveRows))
            table.Row([trial.Curve.Epochs[i].ToString(CultureInfo.InvariantCulture),
                .. names.Select(name => Figures.Brief(trial.Curve.Column(name)[i], 4))]);
        terminal.Table(table);
    }

    /// <summary>At most so many indexes, evenly spread, the first and the last among them.</summary>
    private static IEnumerable<int> Spread(int length, int most) =>
        length <= most
            ? Enumerable.Range(0, length)
            : Enumerable.Range(0, most).Select(i => (int)Math.Round((double)i * (length - 1) / (most - 1)));
}
