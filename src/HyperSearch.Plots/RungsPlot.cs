using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>How far a schedule sent each trial: its value at every rung, and who was promoted.</summary>
public sealed class RungsPlot : ValuePlot
{
    private const int MostLines = 800;

    /// <inheritdoc/>
    public override string Kind => "rungs";

    /// <inheritdoc/>
    public override string Description => "Where a schedule stopped each trial: one line per trial from rung to rung, strong where it was "
        + "promoted. Most work goes to the trials that deserve it.";

    private protected override Picture Draw(CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        var trials = snapshot.Trials.Select(trial => (Trial: trial, Steps: Steps(trial))).Where(entry => entry.Steps.Length > 0).ToArray();
        var rungs = trials.SelectMany(entry => entry.Steps.Select(step => step.Epochs)).Distinct().Order().ToArray();
        if (rungs.Length < 2)
            return new Picture
            {
                Title = summary.Headline,
                Subtitle = summary.Name,
                Message = "Every trial had the same budget: there are no rungs to climb."
            };
        var plot = Style.NewPlot();
        var axis = new ValueAxis(trials.SelectMany(entry => entry.Steps.Select(step => step.Value)), summary.Metric,
            snapshot.Search.Maximize);
        foreach (var (trial, steps) in trials.OrderBy(entry => entry.Steps.Length).TakeLast(MostLines))
        {
            var level = rungs.Length == 1 ? 1 : Array.IndexOf(rungs, steps[^1].Epochs) / (rungs.Length - 1.0);
            var best = trial.Number == summary.Best?.Number;
            var color = best ? PlotColors.Best : PlotColors.Ramp(0.15 + 0.85 * level).WithOpacity(0.35 + 0.5 * level);
            var points = steps.Select(step => new Coordinates(Math.Log2(step.Epochs), axis.AtUnclipped(step.Value))).ToArray();
            if (points.Length > 1)
                plot.Add.ScatterLine(points, color).LineWidth = best ? 2.8f : (float)(0.8 + 1.2 * level);
            Style.Points(plot, points, color, best ? 9 : 5, opacity: color.Opacity);
        }

        axis.ApplyTo(plot.Axes.Left, 8);
        plot.Axes.SetLimitsX(Math.Log2(rungs[0]) - 0.25, Math.Log2(rungs[^1]) + 0.25);
        var shown = rungs.Length <= 12 ? rungs : [.. rungs.Where((_, index) => index % (rungs.Length / 8) == 0)];
        new AxisTicks([.. shown.Select(rung => (Math.Log2(rung), NumberText.Rounded(rung)))], []).ApplyTo(plot.Axes.Bottom);
        plot.Axes.Bottom.Label.Text = "epochs trained (log scale)";
        var reached = trials.Count(entry => entry.Steps[^1].Epochs == rungs[^1]);
        return new Picture
        {
            Title = $"{reached} of {Figures.Count(snapshot.Trials.Length, "trial")} reached {rungs[^1]} epochs; the best has "
                + $"{Figures.Words(summary.Metric)} {summary.Say(summary.Best!.Value!.Value)}",
            Subtitle = $"{summary.Name} · each line is a trial, from rung to rung"
                + (axis.Beyond > 0 ? $" · {Figures.Count(axis.Beyond, "value")} outside of the picture" : ""),
            Caption = Caption(snapshot, rungs),
            Legend = [new LegendEntry("stopped early to promoted", LegendMark.Ramp, [.. PlotColors.RampSamples]),
                new LegendEntry($"the best, trial {summary.Best.Number}", LegendMark.Line, PlotColors.Best)],
            Table = PictureTable.Of(
                trials.OrderByDescending(entry => entry.Steps.Length).ThenBy(entry => entry.Trial.Number).Select(entry => (string[])
                    [Figures.Brief(entry.Trial.Number), .. rungs.Select(rung => entry.Steps
                        .Where(step => step.Epochs == rung).Select(step => summary.Say(step.Value)).FirstOrDefault(""))]),
                ["trial, the furthest first", .. rungs.Select(rung => $"after {Figures.Count(rung, "epoch")}")]),
            Chart = Chart([.. trials.OrderBy(entry => entry.Steps.Length).TakeLast(MostLines)], rungs, axis),
            Panels = [new Panel(plot)],
        };
    }

    private static LineChart Chart((Trial Trial, (int Epochs, double Value)[] Steps)[] trials, int[] rungs, ValueAxis axis)
    {
        double At(int epochs) => Math.Log2((double)epochs / rungs[0]) / Math.Log2((double)rungs[^1] / rungs[0]);
        return new LineChart(
            new ChartAxis("epochs trained (log scale)", new AxisTicks([.. rungs.Select(rung => (At(rung), NumberText.Rounded(rung)))], [])),
            LineChart.Of(axis),
            [
                .. trials.Select(entry => new ChartLine(entry.Trial.Number, false,
                    [.. entry.Steps.Select(step => new Coordinates(At(step.Epochs), LineChart.At(axis, step.Value)))])),
            ]);
    }

    private static string Caption(CampaignSnapshot snapshot, int[] rungs)
    {
        var counts = rungs.Select(rung => $"{snapshot.Trials.Count(trial => trial.Jobs.Any(job => job.ToEpochs >= rung))} to {rung}");
        var share = snapshot.Trials.Sum(trial => (double)trial.Epochs) / ((double)snapshot.Trials.Length * rungs[^1]);
        return $"Trials sent so far: {string.Join(", ", counts)} epochs. All of them together took {Figures.Brief(100 * share)} % of the "
            + $"epochs of training every trial in full.";
    }

    private static (int Epochs, double Value)[] Steps(Trial trial) =>
        [.. trial.Jobs.Where(job => job.Epochs > 0 && job.Value is { } value && double.IsFinite(value))
            .Select(job => (job.Epochs, job.Value!.Value))];
}
