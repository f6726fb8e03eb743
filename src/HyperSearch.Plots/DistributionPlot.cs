using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>How the values are distributed in the first, middle and last third of the trials, and how trials ended.</summary>
public sealed class DistributionPlot : ValuePlot
{
    private const int Bins = 36;

    /// <inheritdoc/>
    public override string Kind => "distribution";

    /// <inheritdoc/>
    public override string Description =>
        "How good the trials were in each third of the campaign: a search that learns moves its mass towards the good end.";

    private protected override Picture Draw(CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        var thirds = summary.Valued.Count < 9 ? 1 : 3;
        var axis = summary.Axis();
        var plot = Style.NewPlot();
        var counts = new double[Bins, thirds];
        for (var i = 0; i < summary.Valued.Count; i++)
        {
            var share = (axis.At(summary.Valued[i].Value!.Value) - axis.Bottom) / (axis.Top - axis.Bottom);
            counts[Math.Clamp((int)(share * Bins), 0, Bins - 1), i * thirds / summary.Valued.Count]++;
        }

        double highest = 1;
        for (var b = 0; b < Bins; b++)
        {
            double floor = 0;
            for (var t = 0; t < thirds; t++)
            {
                if (counts[b, t] == 0)
                    continue;
                var bar = plot.Add.Rectangle(Edge(b), Edge(b + 1), floor, floor += counts[b, t]);
                bar.FillColor = Third(t, thirds);
                bar.LineColor = PlotColors.Paper;
                bar.LineWidth = 0.8f;
            }

            highest = Math.Max(highest, floor);
        }

        axis.ApplyTo(plot.Axes.Bottom, 10);
        plot.Axes.SetLimitsY(0, highest * 1.08);
        new AxisTicks([.. NiceNumbers.Linear(0, highest * 1.08, 8, whole: true).Select(tick => (tick, NumberText.Rounded(tick)))], [])
            .ApplyTo(plot.Axes.Left);
        plot.Axes.Left.Label.Text = "trials";
        plot.Grid.XAxisStyle.IsVisible = false;
        var states = snapshot.Trials.GroupBy(trial => trial.State).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {CampaignSummary.Say(group.Key)}");
        string[] names = thirds == 1 ? ["all trials"] : ["first third", "middle third", "last third"];
        return new Picture
        {
            Title = Title(summary, thirds),
            Subtitle = $"{summary.Name} · {string.Join(", ", states)}"
                + (axis.Beyond > 0 ? $" · {axis.Beyond} outliers are in the last bar" : ""),
            Caption = Caption(summary),
            Legend = [.. names.Select((name, t) => new LegendEntry(name, LegendMark.Square, Third(t, thirds)))],
            Table = PictureTable.Of(
                Enumerable.Range(0, Bins).Where(bin => Enumerable.Range(0, thirds).Any(third => counts[bin, third] > 0))
                    .Select(bin => (string[])[$"{Said(bin)} to {Said(bin + 1)}",
                        .. Enumerable.Range(0, thirds).Select(third => Figures.Brief(counts[bin, third]))]),
                [Figures.Words(summary.Metric), .. names]),
            Panels = [new Panel(plot)],
        };

        string Said(int edge) => axis.Say(axis.ValueAt(Edge(edge)));

        double Edge(int bin) => axis.Bottom + (axis.Top - axis.Bottom) * bin / Bins;
    }

    private static Color Third(int third, int thirds) => thirds == 1 ? PlotColors.Enqueued : PlotColors.Ramp(0.1 + 0.45 * third);

    private static string Title(CampaignSummary summary, int thirds)
    {
        var count = summary.Valued.Count;
        if (thirds == 1)
            return summary.Headline;
        return $"Median {Figures.Words(summary.Metric)}: {summary.Say(Median(summary.Valued.Take(count / 3)))} in the first third, "
            + $"{summary.Say(Median(summary.Valued.Skip(count * 2 / 3)))} in the last";
    }

    private static string Caption(CampaignSummary summary)
    {
        var best = summary.Best!.Value!.Value;
        if (best <= 0 || summary.Snapshot.Search.Maximize)
            return $"Half of the {summary.Valued.Count} trials with a value are {(summary.Snapshot.Search.Maximize ? "above" : "below")} "
                + $"{summary.Say(Median(summary.Valued))}.";
        return $"{summary.Valued.Count(trial => trial.Value <= 2 * best)} of {summary.Valued.Count} trials come within twice the best; "
            + $"half are below {summary.Say(Median(summary.Valued))}.";
    }

    private static double Median(IEnumerable<Trial> trials)
    {
        var sorted = trials.Select(trial => trial.Value!.Value).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
