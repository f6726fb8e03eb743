using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>Parallel coordinates: one upright axis per hyperparameter, one line per trial, the best drawn last.</summary>
public sealed class ParallelPlot : ValuePlot
{
    private const int MostLines = 400;
    private const int MostAxes = 14;
    private const double Inactive = -0.09;

    /// <inheritdoc/>
    public override string Kind => "parallel";

    /// <inheritdoc/>
    public override string Description =>
        "One upright axis per hyperparameter, one line per trial: where the strong lines run together lies the "
        + "good region; where they fan out, the hyperparameter matters little.";

    private protected override Picture Draw(CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        var axes = snapshot.Search.Space.Searched.Take(MostAxes).Select(parameter => new ParameterAxis(parameter)).ToArray();
        if (axes.Length == 0)
            return new Picture { Title = summary.Headline, Subtitle = summary.Name, Message = "Every hyperparameter is fixed." };
        var plot = Style.NewPlot();
        plot.HideGrid();
        plot.Axes.Frameless();
        Style.Room(plot, 20, 46, 8, 8);
        var value = summary.Axis();
        Trial[] ranked = [.. Ranking.Order(summary.Valued, snapshot.Search)];
        var top = Math.Max(1, Math.Min(30, ranked.Length / 10));
        Lines(plot, ranked, top, axes, value);
        var hasInactive = summary.Valued.Any(trial => axes.Any(axis => double.IsNaN(axis.Of(trial))));
        for (var i = 0; i < axes.Length; i++)
            Upright(plot, i, axes.Length, axes[i].Parameter.Name, axes[i].Ticks(6, longest: Math.Max(6, 44 / axes.Length + 5)));
        Upright(plot, axes.Length, axes.Length, Figures.Words(summary.Metric), OnUnit(value));
        plot.Axes.SetLimits(-0.12, axes.Length + 0.35, hasInactive ? -0.16 : -0.06, 1.14);
        if (hasInactive)
            Style.Text(plot, "inactive", -0.1, Inactive, PlotColors.Muted, 12, Alignment.MiddleLeft);
        var dropped = snapshot.Search.Space.Dimensions - axes.Length;
        return new Picture
        {
            Title = ranked.Length == 1 ? summary.Headline : $"The best {top} of {ranked.Length} trials against the rest"
                + (top == 1 ? "" : $": {summary.Say(ranked[0].RankValue!.Value)} to {summary.Say(ranked[top - 1].RankValue!.Value)}"),
            Subtitle = summary.Name + " · each axis on its own scale"
                + (dropped > 0 ? $" · {dropped} more hyperparameters are not shown" : "")
                + (ranked.Length > MostLines ? $" · {MostLines} lines of {ranked.Length}" : ""),
            Legend = [.. Legend(top, ranked.Length)],
            Table = PictureTable.OfTrials(summary, axes.Select(axis => axis.Parameter)),
            Panels = [new Panel(plot)],
        };
    }

    private static IEnumerable<LegendEntry> Legend(int top, int all)
    {
        yield return new LegendEntry("the best", LegendMark.Line, PlotColors.Best);
        if (top > 1)
            yield return new LegendEntry($"the next {top - 1}", LegendMark.Line, PlotColors.Hop);
        if (all > top)
            yield return new LegendEntry("the rest", LegendMark.Line, PlotColors.Ramp(0.3));
    }

    private static void Lines(Plot plot, Trial[] ranked, int top, ParameterAxis[] axes, ValueAxis value)
    {
        var rest = ranked.Length - top;
        var stride = Math.Max(1, (int)Math.Ceiling(rest / (double)MostLines));
        var opacity = Math.Clamp(12.0 / Math.Max(1, rest / stride), 0.06, 0.3);
        for (var i = ranked.Length - 1; i >= 0; i--)
        {
            if (i >= top && (i - top) % stride != 0)
                continue;
            var trial = ranked[i];
            var xs = Enumerable.Range(0, axes.Length + 1).Select(k => (double)k).ToArray();
            var ys = axes.Select(axis => axis.Of(trial)).Select(u => double.IsFinite(u) ? u : Inactive)
                .Append(Unit(value, value.At(trial.Value!.Value))).ToArray();
            var line = plot.Add.ScatterLine(xs, ys, i == 0 ? PlotColors.Best : i < top ? PlotColors.Hop.WithOpacity(0.75)
                : PlotColors.Ramp(0.45).WithOpacity(opacity));
            line.LineWidth = i == 0 ? 3 : i < top ? 1.8f : 1.1f;
        }
    }

    private static void Upright(Plot plot, int x, int last, string name, AxisTicks ticks)
    {
        var line = plot.Add.Line(x, 0, x, 1);
        line.LineColor = PlotColors.Muted;
        line.LineWidth = 1.2f;
        foreach (var (position, label) in ticks.Major)
        {
            var tick = plot.Add.Line(x - 0.018, position, x, position);
            tick.LineColor = PlotColors.Muted;
            tick.LineWidth = 1.2f;
            if (ticks.Major.Length <= 16)
                Style.Text(plot, label, x + 0.03, position, PlotColors.Muted, 12, Alignment.MiddleLeft, halo: true);
        }

        var width = 1130f / (last + 1.4f);
        Style.Text(plot, Canvas.Fit(name, x == last ? width : width * 0.98f, 13, bold: true), x == 0 ? -0.1 : x, 1.06
            + (x % 2 == 1 && last > 6 ? 0.045 : 0), PlotColors.Ink, 13, x == 0 ? Alignment.MiddleLeft : Alignment.MiddleCenter, bold: true);
    }

    private static AxisTicks OnUnit(ValueAxis value) =>
        new([.. value.Ticks(8).Major.Select(tick => (Unit(value, tick.Position), tick.Label)).Where(tick => tick.Item1 is >= 0 and <= 1)],
            []);

    private static double Unit(ValueAxis value, double at) => (at - value.Bottom) / (value.Top - value.Bottom);
}
