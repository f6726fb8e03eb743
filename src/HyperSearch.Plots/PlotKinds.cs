using System.Collections.Immutable;

namespace HyperSearch.Plots;

/// <summary>Every kind of picture of a campaign.</summary>
public static class PlotKinds
{
    /// <summary>In the order in which a report shows them.</summary>
    public static ImmutableArray<IPlot> All { get; } =
    [
        new HistoryPlot(),
        new SlicesPlot(),
        new PlanePlot(),
        new CurvesPlot(),
        new SignalsPlot(),
        new FrontPlot(),
        new BiasVariancePlot(),
        new ImportancePlot(),
        new ParallelPlot(),
        new ContourPlot(),
        new DistributionPlot(),
        new RungsPlot(),
        new WorkersPlot(),
        new ConfusionPlot(),
        new BoundaryPlot(),
    ];

    /// <summary>The plot of a kind: a name, or for two parameters of one's choice <c>plane:learning_rate:momentum</c>.</summary>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static IPlot Find(string kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (kind.Split(':') is [var name, var x, var y]
            && All.OfType<TwoParameterPlot>().FirstOrDefault(plot => plot.Kind == name) is { } pair)
            return pair.Of(x, y);
        return All.FirstOrDefault(plot => plot.Kind == kind)
            ?? throw new ArgumentException($"There is no plot \"{kind}\". Known: {string.Join(", ", All.Select(plot => plot.Kind))}.");
    }
}
