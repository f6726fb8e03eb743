using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary><c>status</c>: counts, best so far, rate and time left.</summary>
internal sealed class StatusVerb : ReadingVerb
{
    private const int MostJobs = 16, MostListed = 8;

    private readonly Option<bool> _watch = new("--watch") { Description = "Show it again every second until the campaign stops running." };

    /// <summary>Makes the verb.</summary>
    public StatusVerb(Shell shell)
        : base("status", "Show how far a campaign is, its best trial so far, its rate and the time left.", shell, "status digits",
            "status digits --watch", "status digits --json") =>
        Add(_watch);

    /// <inheritdoc/>
    public override string Remark =>
        """
        While a campaign runs, polling by any verb that reads it is slowed down to about
        2.5 % of the processors; status --watch is not.
        """;

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        if (!parse.GetValue(_watch) || AsJson(parse))
            return await base.RunAsync(parse, stop);
        var (last, interrupted) = await new StatusWatch(Shell, CampaignFolders.Find(CampaignOf(parse), Shell.ResultsFolder(parse)))
            .RunAsync();
        Write(Terminal, last, asJson: false);
        return interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <inheritdoc/>
    protected override CampaignSnapshot Read(CampaignFolder folder, ParseResult parse) => Campaign.Open(folder).ReadSummary();

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        var live = campaign.State == CampaignState.Running ? LiveStatusFile.Read(new CampaignFolder(campaign.Folder)) : null;
        Write(Terminal, campaign, asJson, live?.Jobs ?? []);
        return ExitCode.Done;
    }

    /// <summary>Writes the status.</summary>
    internal static void Write(Terminal terminal, CampaignSnapshot campaign, bool asJson, ImmutableArray<LiveJob> jobs = default)
    {
        if (asJson)
        {
            Documents.Write(terminal, json => StatusDocument.Write(json, campaign, jobs));
            return;
        }

        foreach (var (label, text) in Lines(campaign).Concat(Running(jobs)))
            terminal.Styled($"[bold]{label,-9}[/] {Terminal.Escape(text)}", hang: 10);
    }

    /// <summary>The jobs in the hands of workers, a line each.</summary>
    private static IEnumerable<(string Label, string Text)> Running(ImmutableArray<LiveJob> jobs)
    {
        var running = jobs.IsDefault ? [] : jobs.Where(job => job.Worker is not null).OrderBy(job => job.Worker).ToArray();
        foreach (var (index, job) in running.Take(MostJobs).Index())
            yield return (index == 0 ? "running" : "", ProgressText.Worker(job));
        if (running.Length > MostJobs)
            yield return ("", $"and {running.Length - MostJobs} more");
    }

    /// <summary>The status in a few lines, each with its label.</summary>
    internal static IEnumerable<(string Label, string Text)> Lines(CampaignSnapshot campaign)
    {
        var counts = Counts.Of(campaign);
        yield return ("campaign", campaign.Name);
        foreach (var (label, text) in Notes(CampaignNotes.Read(new CampaignFolder(campaign.Folder))))
            yield return (label, text);
        yield return ("state", campaign.State switch
        {
            CampaignState.Running when campaign.IsPaused => $"paused; hypersearch pause {campaign.Name} --end lets it go on",
            CampaignState.Running => "running",
            CampaignState.Interrupted when CodeParts.NeedProgram(campaign.Search) =>
                "interrupted; the program that has its code goes on with it",
            CampaignState.Interrupted => $"interrupted; hypersearch resume {campaign.Name} goes on",
            _ => campaign.Ending is { Length: > 0 } ending
                ? $"{(counts.Ended < counts.Planned ? "stopped" : "finished")}: {ending}" : "finished",
        });
        foreach (var setting in campaign.Settings)
            yield return ("set", $"{setting} (by the command line)");
        yield return ("trials", counts.Sentence(campaign.Running));
        if (!campaign.Interventions.IsEmpty)
            yield return ("by hand", string.Join("; ", campaign.Interventions));
        if (campaign.Search.ScheduleChoice is { } schedule)
            yield return ("schedule", schedule);
        if (campaign.Search.AutoSlots)
            yield return ("slots", campaign.SlotsSentence);
        if (campaign.Search.Confirm is { } confirm)
            yield return ("confirm",
                $"{Figures.Count(counts.Repeats, "repeat")} of the leaders, at most {confirm.Runs} once the search has ended");
        if (!campaign.Participants.IsEmpty)
            yield return ("workers", CompanyText.Present(campaign.Participants));
        if (campaign.Busy is { } busy)
            yield return ("workers", string.Create(CultureInfo.InvariantCulture,
                $"{busy.Workers}, busy {busy.Share:0 %} of the time{Each(busy)}; plot --kind workers shows when"));
        yield return ("best", Ranking.Best(campaign) is { RankValue: { } value } best
            ? $"{campaign.Search.Metric} {Figures.Brief(value, 4)}{FurtherText.Of(campaign, best)}{ConfirmedText.Suffix(best)} " +
                $"in trial {best.Number}: {Configuration(campaign, best)}"
            : "none yet");
        yield return ("time", Clock(campaign));
        yield return ("disk", Disk(CampaignSizes.Of(new CampaignFolder(campaign.Folder))));
    }

    private static IEnumerable<(string Label, string Text)> Notes(CampaignNotes notes)
    {
        if (!notes.Tags.IsEmpty)
            yield return ("tags", string.Join(", ", notes.Tags));
        if (notes.Fault is { } fault)
            yield return ("note", fault);
        foreach (var (index, line) in notes.Note.Split('\n').Index())
        {
            if (line.Length > 0)
                yield return (index == 0 ? "note" : "", line);
        }
    }

    private static string Disk(CampaignSizes sizes) =>
        $"journal {Figures.Bytes(sizes.Journal)}, index {Figures.Bytes(sizes.Index)}, "
        + $"checkpoints {Figures.Bytes(sizes.Checkpoints)} in {Figures.Count(sizes.CheckpointFolders, "folder")}"
        + (sizes.Logs > 0 ? $", logs {Figures.Bytes(sizes.Logs)}" : "");

    private static string Configuration(CampaignSnapshot campaign, Trial trial) => string.Join(' ', campaign.Search.Space.Searched
        .Where(parameter => trial.Point.ContainsKey(parameter.Name))
        .Select(parameter => $"{parameter.Name}={Figures.Brief(trial.Point[parameter.Name])}"));

    /// <summary>The share of each worker, of many the least and the greatest.</summary>
    private static string Each(BusyShare busy)
    {
        if (busy.Each.Length < 2)
            return "";
        var shares = busy.Each.Select(share => share.ToString("0 %", CultureInfo.InvariantCulture));
        return busy.Each.Length <= MostListed ? $" ({string.Join(", ", shares)})"
            : string.Create(CultureInfo.InvariantCulture, $" (each {busy.Each.Min():0 %} to {busy.Each.Max():0 %})");
    }

    private static string Clock(CampaignSnapshot campaign)
    {
        var isRunning = campaign.State == CampaignState.Running;
        var elapsed = $"{Figures.Duration(campaign.ElapsedSeconds)}{(isRunning || campaign.Pace is null ? " so far" : "")}";
        if (campaign.Pace is not { } pace)
            return elapsed;
        var left = isRunning ? PaceText.Left(pace, campaign.IsPaused) : null;
        return string.Join(", ", [elapsed, PaceText.Speed(pace), .. left is null ? [] : (string[])[left]]);
    }
}
