using HyperSearch.Analysis;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>Campaigns side by side: the best so far against the number of trials, the median of each group and its quartiles.</summary>
public static class ComparisonPicture
{
    private const int MostGroups = 8;

    /// <summary>Draws a comparison.</summary>
    /// <param name="comparison">The groups; at most eight are drawn, the best.</param>
    /// <param name="metric">The metric they decide by.</param>
    /// <param name="maximize">Whether more of it is better.</param>
    public static Picture Draw(CampaignComparison comparison, string metric, bool maximize)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(metric);
        var groups = comparison.Groups.Where(group => double.IsFinite(group.Median)).Take(MostGroups).ToArray();
        if (groups.Length == 0)
            return new Picture { Title = $"No {Figures.Words(metric)} yet", Message = "None of the campaigns has a trial with a value." };
        var plot = Style.NewPlot();
        var trials = groups.Max(group => group.Progress.Max(progress => progress.Length));
        // The first few trials would set the scale for all that follow.
        var values = groups.SelectMany(group => group.Progress.SelectMany(progress => progress.Skip(Math.Min(5, progress.Length / 10))));
        var axis = new ValueAxis(values, metric, maximize);
        for (var i = groups.Length - 1; i >= 0; i--)
            Group(plot, groups[i], axis, PlotColors.Series[i]);
        axis.ApplyTo(plot.Axes.Left, 8, "best " + axis.Label);
        plot.Axes.SetLimitsX(0, trials * 1.02 + 0.5);
        new AxisTicks([.. NiceNumbers.Linear(0, trials, 11, whole: true).Select(tick => (tick, NumberText.Rounded(tick)))], [])
            .ApplyTo(plot.Axes.Bottom);
        plot.Axes.Bottom.Label.Text = "trials";
        return new Picture
        {
            Title = Title(comparison, groups, metric, axis),
            Subtitle = comparison.Warning ?? "Lines are medians, bands quartiles over repetitions"
                + (groups.Any(IsConfirmed) ? " of the search's own scores; figures are means of fresh runs" : "")
                + (comparison.Groups.Length > groups.Length ? $"; the best {groups.Length} of {comparison.Groups.Length} are shown" : ""),
            Legend = [.. groups.Select((group, i) => new LegendEntry($"{group.Name}: {axis.Say(group.Median)}"
                + (group.Campaigns.Length > 1 ? $" (median of {group.Campaigns.Length})" : ""), LegendMark.Line, PlotColors.Series[i]))],
            Table = PictureTable.Of(
                groups.Select(group => (string[])[group.Name, axis.Say(group.Median), Figures.Brief(group.Trials)]),
                "campaigns", $"best {Figures.Words(metric)}, the median", "trials"),
            Panels = [new Panel(plot)],
        };
    }

    /// <summary>Whether the value of a campaign is not where its line ends, because its winner was confirmed.</summary>
    private static bool IsConfirmed(ComparedGroup group) => group.Best.Zip(group.Progress)
        .Any(static entry => !entry.Second.IsEmpty && double.IsFinite(entry.First) && entry.First != entry.Second[^1]);

    private static string Title(CampaignComparison comparison, ComparedGroup[] groups, string metric, ValueAxis axis)
    {
        if (groups.Length == 1)
            return $"{groups[0].Name}: best {Figures.Words(metric)} {axis.Say(groups[0].Median)}";
        var pair = comparison.Pairs.First(pair => pair.First == groups[0].Name && pair.Second == groups[1].Name);
        var doubt = pair.PValue switch
        {
            null => "a single run each proves nothing",
            < 0.05 and var p => $"rank test p = {Figures.Brief(p)}",
            var p => $"but the difference may be chance, p = {Figures.Brief(p.Value)}",
        };
        return $"{groups[0].Name} is ahead of {groups[1].Name}; {doubt}";
    }

    private static void Group(Plot plot, ComparedGroup group, ValueAxis axis, Color color)
    {
        var points = Enumerable.Range(1, group.Progress.Max(progress => progress.Length))
            .Select(n => (N: (double)n, Low: group.After(n, 0.25), Middle: group.After(n, 0.5), High: group.After(n, 0.75)))
                .Where(point => double.IsFinite(point.Middle)).ToArray();
        if (points.Length == 0)
            return;
        if (group.Campaigns.Length > 2)
        {
            var band = plot.Add.FillY(points.Select(point => point.N).ToArray(), points.Select(point => axis.At(point.Low))
                .ToArray(), points.Select(point => axis.At(point.High)).ToArray());
            band.FillColor = color.WithOpacity(0.15);
            band.LineWidth = 0;
            band.MarkerStyle.IsVisible = false;
        }

        var line = plot.Add.ScatterLine(points.Select(point => point.N).ToArray(), points.Select(point => axis.At(point.Middle))
            .ToArray(), color);
        line.ConnectStyle = ConnectStyle.StepHorizontal;
        line.LineWidth = 2.2f;
        if (points.Length == 1)
            Style.Points(plot, [new Coordinates(points[0].N, axis.At(points[0].Middle))], color, 10);
    }
}
