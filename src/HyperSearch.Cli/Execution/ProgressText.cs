using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Execution;

/// <summary>A campaign's progress in words.</summary>
internal static class ProgressText
{
    private const int ShortestBar = 6, LongestBar = 30;

    /// <summary>One plain line: <c>36/120 trials, best dev_error 0.0195 in trial 21, 268 trials a minute, about 19 s left</c>.</summary>
    /// <param name="progress">Where the campaign stands.</param>
    /// <param name="metric">The metric that decides.</param>
    public static string Line(CampaignProgress progress, string metric) =>
        string.Join(", ", [Trials(progress), .. Parts(progress, metric), .. Judging(progress) is { } judging ? [judging]
            : Array.Empty<string>()]);

    /// <summary>The lines of the live view.</summary>
    public static IReadOnlyList<string> Live(string campaign, CampaignProgress progress, string metric, int width)
    {
        var counts = $"{Trials(progress)}, {Figures.Duration(progress.Elapsed.TotalSeconds)}";
        var bar = Math.Clamp(width - campaign.Length - counts.Length - 4, ShortestBar, LongestBar);
        var filled = progress.Planned == 0 ? 0 : Math.Clamp((int)((long)bar * progress.Trials / progress.Planned), 0, bar);
        return
        [
            $"{campaign}  {new string('━', filled)}{new string('─', bar - filled)}  {counts}",
            Fitted([.. Parts(progress, metric), .. Trouble(progress)], width),
            .. Judging(progress) is { } judging ? [judging]
                : Workers([.. progress.InFlight.OrderBy(job => job.Worker).Select(Worker)], "workers", width),
        ];
    }

    private static string Trials(CampaignProgress progress) =>
        $"{progress.Trials}/{Figures.Count(progress.Planned, "trial")}";

    private static string? Judging(CampaignProgress progress) => progress.Judging is var (done, of)
        ? $"judging the winner: {done} of {Figures.Count(of, "network")} trained"
        : null;

    /// <summary>As many parts as fit a line, one at least.</summary>
    private static string Fitted(IReadOnlyList<string> parts, int width)
    {
        var line = parts[0];
        foreach (var part in parts.Skip(1))
        {
            if (line.Length + 2 + part.Length <= width)
                line += $", {part}";
        }

        return line;
    }

    /// <summary>What is known of the best trial, and the speed. The best trial by the search's own score is not named once the leaders are
    /// confirmed, because their means decide.</summary>
    private static IEnumerable<string> Parts(CampaignProgress progress, string metric)
    {
        yield return progress.Repeats > 0 ? $"{Figures.Count(progress.Repeats, "repeat")} to confirm the leaders"
            : progress.Best is { Value: { } value } best ? $"best {metric} {Figures.Brief(value, 4)} in trial {best.Trial}"
            : "no value yet";
        if (progress.IsPaused)
            yield return "paused";
        if (progress.Repeats > 0 || progress.Judging is not null || progress.Pace is not { } pace)
            yield break;
        yield return PaceText.Speed(pace);
        if (PaceText.Left(pace, progress.IsPaused) is { } left)
            yield return left;
    }

    private static IEnumerable<string> Trouble(CampaignProgress progress)
    {
        (OutcomeState State, string Word)[] kinds =
            [(OutcomeState.Diverged, "diverged"), (OutcomeState.TimedOut, "timed out"), (OutcomeState.Failed, "failed")];
        return kinds.Where(kind => progress.Outcomes.GetValueOrDefault(kind.State) > 0)
            .Select(kind => $"{progress.Outcomes[kind.State]} {kind.Word}");
    }

    /// <summary>A worker and its job: <c>gpu-2/4711 0: trial 17, epoch 3/30, 0.0231</c>; the value is of the metric that decides.</summary>
    public static string Worker(JobInFlight job) => Worker(new LiveJob(
        job.Job.Number, job.Job.Trial, job.Epoch, job.Job.ToEpochs, job.Worker, job.Value)
    { Place = job.Place });

    /// <inheritdoc cref="Worker(JobInFlight)"/>
    public static string Worker(LiveJob job)
    {
        var place = job.Place is { } name ? $"{name} " : "";
        var value = job.Value is { } reached && double.IsFinite(reached) ? $", {Figures.Brief(reached, 3)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{place}{job.Worker}: trial {job.Trial}, epoch {job.Epoch}/{job.ToEpochs}{value}");
    }

    /// <summary>At most two lines about the workers; a worker that does not fit is counted.</summary>
    public static IEnumerable<string> Workers(IReadOnlyList<string> parts, string label, int width)
    {
        if (parts.Count == 0)
            yield break;
        var line = label;
        var shown = 0;
        for (var lines = 1; shown < parts.Count; shown++)
        {
            var next = $"{line}  {parts[shown]}";
            if (next.Length <= width - (lines == 2 && shown < parts.Count - 1 ? 14 : 0))
            {
                line = next;
                continue;
            }

            if (lines == 2 || shown == 0)
                break;
            yield return line;
            (line, lines) = (new string(' ', label.Length), 2);
            shown--;
        }

        yield return shown < parts.Count ? $"{line}  and {parts.Count - shown} more" : line;
    }
}
