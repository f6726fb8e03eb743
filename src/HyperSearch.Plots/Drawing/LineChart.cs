using System.Collections.Immutable;
using ScottPlot;

namespace HyperSearch.Plots.Drawing;

/// <summary>The lines of a picture, of trials, on axes from 0 to 1: for a page on which one can point at them.</summary>
/// <param name="Across">The horizontal axis.</param>
/// <param name="Upward">The vertical axis.</param>
/// <param name="Lines">The lines; a trial may have several.</param>
internal sealed record LineChart(ChartAxis Across, ChartAxis Upward, ImmutableArray<ChartLine> Lines)
{
    /// <summary>The axis of a metric's values.</summary>
    public static ChartAxis Of(ValueAxis axis, string? label = null) => new(label ?? axis.Label,
        new AxisTicks([.. axis.Ticks(8).Major.Select(tick => (On(axis, tick.Position), tick.Label))], []));

    /// <summary>Where a value lies on that axis; outliers lie beyond it.</summary>
    public static double At(ValueAxis axis, double value) => On(axis, axis.AtUnclipped(value));

    private static double On(ValueAxis axis, double at) => (at - axis.Bottom) / (axis.Top - axis.Bottom);
}

/// <summary>An axis from 0 to 1.</summary>
/// <param name="Label">What it shows.</param>
/// <param name="Ticks">Places on it with their labels.</param>
internal sealed record ChartAxis(string Label, AxisTicks Ticks);

/// <summary>A line of a trial.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="IsDashed">Whether it is the second of two that belong together.</param>
/// <param name="Points">Its points on the axes.</param>
internal sealed record ChartLine(int Trial, bool IsDashed, ImmutableArray<Coordinates> Points);
