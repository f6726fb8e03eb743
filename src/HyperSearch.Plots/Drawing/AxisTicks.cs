using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace HyperSearch.Plots.Drawing;

/// <summary>The places of an axis's ticks, and their labels.</summary>
internal sealed record AxisTicks(ImmutableArray<(double Position, string Label)> Major, ImmutableArray<double> Minor)
{
    public static AxisTicks None { get; } = new([], []);

    /// <summary>At most so many labels, evenly; the rest become minor ticks.</summary>
    public AxisTicks Thinned(int most)
    {
        var stride = (Major.Length + most - 1) / most;
        return stride <= 1 ? this : new AxisTicks([.. Major.Where((_, index) => index % stride == 0)],
            [.. Minor, .. Major.Where((_, index) => index % stride != 0).Select(tick => tick.Position)]);
    }

    /// <summary>With a label for 0 where a logarithmic axis has none; ticks too near to it go.</summary>
    public AxisTicks WithZero(double position) => new([(position, "0"), .. Major.Where(tick => tick.Position > position + 0.08)],
        [.. Minor.Where(tick => tick > position + 0.03)]);

    public void ApplyTo(IAxis axis, float rotation = 0)
    {
        axis.TickGenerator = new NumericManual([.. Major.Select(tick => Tick.Major(tick.Position, tick.Label)),
            .. Minor.Select(Tick.Minor)]);
        axis.TickLabelStyle.FontName = PlotFonts.FamilyFor(string.Concat(Major.Select(tick => tick.Label)));
        if (rotation != 0)
        {
            axis.TickLabelStyle.Rotation = rotation;
            axis.TickLabelStyle.Alignment = Alignment.MiddleRight;
            // The layout is fixed, so the axis does not make room for upright labels by itself.
            axis.Label.OffsetY = Major.Max(tick => Canvas.Measure(tick.Label, Style.TickSize, bold: false)) - 16;
        }
    }
}
