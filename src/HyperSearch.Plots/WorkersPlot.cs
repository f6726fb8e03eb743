using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>A picture of each worker's jobs over time.</summary>
public sealed class WorkersPlot : IPlot
{
    private const int MostBars = 4000;

    /// <inheritdoc/>
    public string Kind => "workers";

    /// <inheritdoc/>
    public string Description =>
        "The jobs of each worker over time: one bar per job, gaps are idle time; beside its name the share of the time that it was busy.";

    /// <inheritdoc/>
    public Picture Draw(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var summary = new CampaignSummary(snapshot);
        var jobs = snapshot.Trials.SelectMany(trial => trial.Jobs).Where(job => job.Started != default && double.IsFinite(job.Seconds))
            .OrderBy(job => job.Started).ToArray();
        if (jobs.Length == 0)
            return summary.Nothing() ?? new Picture
            {
                Title = summary.Headline,
                Subtitle = summary.Name,
                Message = "The trials say nothing of when and where they ran."
            };
        var start = jobs[0].Started;
        var length = Math.Max(1e-3, jobs.Max(job => (job.Started - start).TotalSeconds + job.Seconds));
        var unit = length > 7200 ? (Seconds: 3600.0, Name: "h") : length > 180 ? (60, "min") : (1, "s");
        var workers = jobs.Select(job => PlaceOf(snapshot, job)).Distinct().OrderBy(place => place.Participant).ThenBy(place => place.Slot)
            .ToArray();
        var plot = Style.NewPlot();
        var stride = Math.Max(1, (int)Math.Ceiling(jobs.Length / (double)MostBars));
        var turns = new int[workers.Length];
        foreach (var job in jobs.Where((_, index) => index % stride == 0))
        {
            var left = (job.Started - start).TotalSeconds / unit.Seconds;
            var worker = Array.IndexOf(workers, PlaceOf(snapshot, job));
            var row = -worker;
            var bar = plot.Add.Rectangle(left, left + job.Seconds / unit.Seconds, row - 0.36, row + 0.36);
            bar.FillColor = Tone(job.State, turns[worker]++);
            bar.LineColor = PlotColors.Paper;
            bar.LineWidth = jobs.Length > 400 ? 0 : 0.7f;
        }

        plot.Axes.SetLimits(0, length / unit.Seconds * 1.01, -workers.Length + 0.4, 0.6);
        plot.Grid.YAxisStyle.IsVisible = false;
        new AxisTicks([.. NiceNumbers.Linear(0, length / unit.Seconds, 11).Select(tick => (tick, NumberText.Rounded(tick)))], [])
            .ApplyTo(plot.Axes.Bottom);
        var every = Math.Max(1, workers.Length / 24);
        var of = jobs.ToLookup(job => PlaceOf(snapshot, job), job => job.Seconds);
        string[] labels = [.. workers.Select(worker => $"{NameOf(snapshot, worker)} · {Share(of[worker], length)}")];
        new AxisTicks([.. labels.Select((label, index) => (-(double)index, label))
            .Where((_, index) => index % every == 0)], []).ApplyTo(plot.Axes.Left);
        plot.Axes.Bottom.Label.Text = $"time since the start ({unit.Name})";
        Style.Room(plot, left: Math.Max(100, 16 + (8 * labels.Max(label => label.Length))));
        var processes = workers.Select(worker => worker.Participant).Distinct().Count();
        var busy = jobs.Sum(job => job.Seconds) / (length * workers.Length);
        return new Picture
        {
            Title = $"{workers.Length} {(workers.Length == 1 ? "worker" : "workers")}"
                + (processes > 1 ? $" in {processes} processes" : "") + $" busy {Math.Min(100, Math.Round(100 * busy))} % of "
                + $"{Figures.Duration(length)}",
            Subtitle = $"{summary.Name} · {(jobs.Length == 1 ? "the bar is the one job" : $"each bar is one of {jobs.Length} jobs")}"
                + (stride > 1 ? $"; one job in {stride} is drawn" : ""),
            Caption = Caption(jobs),
            Legend = [.. jobs.Select(job => job.State).Distinct().Order()
                .Select(state => new LegendEntry(CampaignSummary.Say(state), LegendMark.Square, Tone(state, 0)))],
            Table = Table(snapshot, jobs, workers, length),
            Panels = [new Panel(plot)],
            Height = Math.Clamp(200 + 64 * workers.Length, 330, 800),
        };
    }

    private static PictureTable Table(CampaignSnapshot snapshot, Outcome[] jobs, WorkerPlace[] workers, double length)
    {
        var of = jobs.ToLookup(job => PlaceOf(snapshot, job));
        return PictureTable.Of(
            workers.Select(worker => (string[])[NameOf(snapshot, worker), Figures.Brief(of[worker].Count()),
                Figures.Duration(of[worker].Sum(job => job.Seconds)),
                Share(of[worker].Select(job => job.Seconds), length)]),
            "worker", "jobs", "time in jobs", "share of the time");
    }

    private static string Share(IEnumerable<double> seconds, double length) =>
        $"{Math.Min(100, Math.Round(100 * seconds.Sum() / length))} %";

    /// <summary>Who ran a job; the threads of a session without workers elsewhere belong to no process of the list.</summary>
    private static WorkerPlace PlaceOf(CampaignSnapshot snapshot, Outcome job) =>
        snapshot.Places.TryGetValue(job.Key, out var place) ? place : new WorkerPlace(-1, job.Worker);

    private static string NameOf(CampaignSnapshot snapshot, WorkerPlace worker) => FormattableString.Invariant(
        $"{(worker.Participant < 0 ? "worker" : snapshot.Participants[worker.Participant].Name)} {worker.Slot}");

    private static string Caption(Outcome[] jobs)
    {
        var seconds = jobs.Select(job => job.Seconds).Order().ToArray();
        return $"Half of the jobs took less than {Figures.Duration(seconds[seconds.Length / 2])}, the longest "
            + $"{Figures.Duration(seconds[^1])}.";
    }

    /// <summary>The state's colour, in two shades by turns so that neighbours can be told apart.</summary>
    private static Color Tone(OutcomeState state, int turn)
    {
        var tone = state switch
        {
            OutcomeState.Completed => PlotColors.Box,
            OutcomeState.Stopped => PlotColors.Global,
            OutcomeState.Diverged => PlotColors.Hop,
            OutcomeState.TimedOut => PlotColors.Model,
            _ => PlotColors.Best,
        };
        return turn % 2 == 0 ? tone : tone.Lighten(0.25);
    }
}
