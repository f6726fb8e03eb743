using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>The value of every trial in the order proposed, and the best so far.</summary>
public sealed class HistoryPlot : ValuePlot
{
    /// <inheritdoc/>
    public override string Kind => "history";

    /// <inheritdoc/>
    public override string Description =>
        "Every trial's value in the order proposed, coloured by the rule that proposed it; the line is the best so far.";

    private protected override Picture Draw(CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        var plot = Style.NewPlot();
        var axis = summary.Axis();
        var size = Style.MarkerSize(snapshot.Trials.Length);
        var maximize = snapshot.Search.Maximize;
        var worst = axis.AtTheWorst(maximize);
        Style.Points(plot, summary.DrawnWithoutValue
            .Select(trial => new Coordinates(trial.Number, worst)), PlotColors.Muted, size, MarkerShape.Eks, 0.7);
        foreach (var group in summary.Drawn.Where(trial => axis.IsBeyond(trial.Value!.Value)).GroupBy(trial => trial.Origin.Kind))
            Style.Points(plot, group.Select(trial => new Coordinates(trial.Number, worst)), PlotColors.Of(group.Key), size * 0.9f, maximize
                ? MarkerShape.FilledTriangleDown : MarkerShape.FilledTriangleUp);
        foreach (var group in summary.Drawn.Where(trial => !axis.IsBeyond(trial.Value!.Value)).GroupBy(trial => (trial.Origin.Kind,
            Full: trial.State == OutcomeState.Completed)).OrderBy(group => group.Key.Full).ThenBy(group => group.Key.Kind))
        {
            var points = group.Select(trial => new Coordinates(trial.Number, axis.At(trial.Value!.Value)));
            if (group.Key.Full)
                Style.Points(plot, points, PlotColors.Of(group.Key.Kind), size);
            else
                Style.Points(plot, points, PlotColors.Of(group.Key.Kind), size * 0.75f, MarkerShape.OpenCircle, 0.6);
        }

        BestLine(plot, snapshot, axis);
        if (summary.Best is { Value: { } best } winner)
            Style.Ring(plot, winner.Number, axis.At(best), size);
        axis.ApplyTo(plot.Axes.Left, 8);
        var last = Math.Max(1, snapshot.Trials.Max(trial => trial.Number));
        plot.Axes.SetLimitsX(-0.02 * last - 0.3, last * 1.02 + 0.3);
        new AxisTicks([.. NiceNumbers.Linear(0, last, 11, whole: true).Select(tick => (tick, NumberText.Rounded(tick)))], [])
            .ApplyTo(plot.Axes.Bottom);
        plot.Axes.Bottom.Label.Text = "trial number, in the order proposed";
        return new Picture
        {
            Title = summary.Headline,
            Subtitle = summary.Name + Outliers(axis) + summary.Choice,
            Caption = Caption(summary),
            Legend = [.. Legend(summary)],
            Table = PictureTable.OfTrials(summary, []),
            Panels = [new Panel(plot)],
        };
    }

    private static string Caption(CampaignSummary summary)
    {
        var since = summary.Snapshot.Trials.Count(trial => trial.Number > summary.Best!.Number);
        var trials = Figures.Count(summary.Snapshot.Trials.Length, "trial");
        var without = summary.WithoutValue == 0 ? "" : $" {summary.WithoutValue} of {trials} gave no value.";
        return (summary.Snapshot.Trials.Length == 1 ? "" : since == 0 ? "The last trial is the best."
            : $"The {(since == 1 ? "trial" : $"{since} trials")} after the best brought nothing better.") + without;
    }

    private static void BestLine(Plot plot, CampaignSnapshot snapshot, ValueAxis axis)
    {
        var steps = Ranking.BestSoFar(snapshot.Trials, snapshot.Search.Maximize)
            .Select((value, index) => (X: (double)snapshot.Trials[index].Number, Y: value)).Where(step => double.IsFinite(step.Y))
                .ToArray();
        if (steps.Length < 2)
            return;
        var line = plot.Add.ScatterLine(steps.Select(step => step.X).ToArray(), steps.Select(step => axis.At(step.Y))
            .ToArray(), PlotColors.Best);
        line.ConnectStyle = ConnectStyle.StepHorizontal;
        line.LineWidth = 2.2f;
    }

    private static IEnumerable<LegendEntry> Legend(CampaignSummary summary)
    {
        yield return new LegendEntry("best so far", LegendMark.Line, PlotColors.Best);
        foreach (var entry in summary.OriginLegend())
            yield return entry;
        if (summary.Valued.Any(trial => trial.State != OutcomeState.Completed))
            yield return new LegendEntry("stopped early", LegendMark.Ring, PlotColors.Muted);
        if (summary.WithoutValue > 0)
            yield return new LegendEntry($"{summary.WithoutValue} without a value", LegendMark.Cross, PlotColors.Muted);
    }

    private static string Outliers(ValueAxis axis) => axis.Beyond == 0 ? "" : $" · {axis.Beyond} outliers are triangles at the border";
}
