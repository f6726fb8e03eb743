using HyperSearch.Campaigns;
using HyperSearch.Hosting;

namespace HyperSearch.Cli;

/// <summary>A campaign's progress in words.</summary>
internal static class ProgressText
{
    private const int Bar = 30;

    /// <summary>One plain line: <c>36/120 trials, best dev_error 0.0195 in trial 21, 268 trials a minute, about 19 s left</c>.</summary>
    /// <param name="progress">Where the campaign stands.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="before">Trials that earlier sessions had done, which say nothing of this session's speed.</param>
    public static string Line(CampaignProgress progress, string metric, int before) =>
        $"{progress.Trials}/{progress.Planned} trials, {Best(progress, metric)}{Confirming(progress)}{Speed(progress, before)}";

    /// <summary>The lines of the live view, none longer than the width.</summary>
    public static IReadOnlyList<string> Live(string campaign, CampaignProgress progress, string metric, int before, int width)
    {
        var filled = progress.Planned == 0 ? 0 : Math.Clamp((int)((long)Bar * progress.Trials / progress.Planned), 0, Bar);
        string[] lines =
        [
            $"{campaign}  {new string('━', filled)}{new string('─', Bar - filled)}  {progress.Trials}/{progress.Planned} trials, {Numbers.Time(progress.Elapsed.TotalSeconds)}",
            $"{Best(progress, metric)}{Confirming(progress)}{Speed(progress, before)}{Trouble(progress)}",
            .. Workers(progress, width),
        ];
        return [.. lines.Select(line => line.Length <= width ? line : line[..(width - 1)] + "…")];
    }

    private static string Best(CampaignProgress progress, string metric) =>
        progress.Best is { Value: { } value } best ? $"best {metric} {Numbers.Short(value, 4)} in trial {best.Trial}" : "no value yet";

    private static string Confirming(CampaignProgress progress) =>
        progress.Repeats == 0 ? "" : $", {Numbers.Count(progress.Repeats, "repeat")} to confirm the leaders";

    private static string Speed(CampaignProgress progress, int before)
    {
        var done = progress.Trials - before;
        var seconds = progress.Elapsed.TotalSeconds;
        if (done <= 0 || seconds <= 0)
            return "";
        var rate = done / seconds;
        var left = progress.Planned - progress.Trials;
        return $", {Numbers.Short(rate * 60)} trials a minute{(left > 0 ? $", about {Numbers.Time(left / rate)} left" : "")}";
    }

    private static string Trouble(CampaignProgress progress)
    {
        (OutcomeState State, string Word)[] kinds = [(OutcomeState.Diverged, "diverged"), (OutcomeState.TimedOut, "timed out"), (OutcomeState.Failed, "failed")];
        return string.Concat(kinds.Select(kind => progress.Outcomes.GetValueOrDefault(kind.State) is > 0 and var number ? $", {number} {kind.Word}" : ""));
    }

    /// <summary>At most two lines of what the workers do; those that do not fit are counted.</summary>
    private static IEnumerable<string> Workers(CampaignProgress progress, int width)
    {
        var parts = progress.InFlight.OrderBy(job => job.Worker).Select(job => $"{job.Worker}: trial {job.Job.Trial}, epoch {job.Epoch}/{job.Job.ToEpochs}").ToList();
        if (parts.Count == 0)
            yield break;
        var line = "workers";
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
            (line, lines) = ("       ", 2);
            shown--;
        }

        yield return shown < parts.Count ? $"{line}  and {parts.Count - shown} more" : line;
    }
}
