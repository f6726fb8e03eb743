using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>The trade-off between two goals: every trial, and the front of those that no other beats in everything.</summary>
public sealed class FrontPlot : IPlot
{
    private const int MostNamed = 12;

    /// <inheritdoc/>
    public string Kind => "front";

    /// <inheritdoc/>
    public string Description => "The trade-off between the goals of the search: a trial on the front is beaten by no other in everything, "
        + "so each of them is a sensible choice. Beyond the line there is nothing.";

    /// <inheritdoc/>
    public Picture Draw(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var summary = new CampaignSummary(snapshot);
        if (summary.Nothing() is { } nothing)
            return nothing;
        if (snapshot.Search.Further.IsEmpty)
            return Without(summary, "The search has a single goal, so there is no trade-off to draw.");
        var (first, second) = (snapshot.Search.Goals[0], snapshot.Search.Goals[1]);
        RankedTrial[] shown = [.. Ranking.Rank(snapshot.Trials, snapshot.Search)
            .Where(entry => entry.Front is not null && Of(entry, first) is not null && Of(entry, second) is not null)];
        if (shown.Length == 0)
            return Without(summary, $"No trial has both {first.Metric} and {second.Metric}.");
        var (across, upward) = (Axis(shown, second), Axis(shown, first));
        var plot = Style.NewPlot();
        var size = Style.MarkerSize(shown.Length);
        Style.Points(plot, shown.Where(entry => entry.Front != 1).Select(At), PlotColors.Global, size, opacity: 0.6);
        RankedTrial[] front = [.. shown.Where(entry => entry.Front == 1).OrderBy(entry => Of(entry, second))];
        if (snapshot.Search.Goals.Length == 2 && front.Length > 1)
        {
            var steps = plot.Add.ScatterLine(front.Select(At).ToArray(), PlotColors.Best);
            (steps.ConnectStyle, steps.LineWidth) = (second.Maximize ? ConnectStyle.StepVertical : ConnectStyle.StepHorizontal, 1.8f);
        }

        Style.Points(plot, front.Select(At), PlotColors.Best, size + 2, opacity: 1);
        RankedTrial[] named = front.Length <= MostNamed ? front : [front[0], front[^1]];
        foreach (var place in named.GroupBy(At)) // trials that are equal in both goals share a point, and its label
        {
            var numbers = string.Join(", ", place.Select(entry => Figures.Brief(entry.Trial.Number)));
            Style.Text(plot, $"  {numbers}", place.Key.X, place.Key.Y, PlotColors.Ink, 12, Alignment.LowerLeft);
        }

        upward.ApplyTo(plot.Axes.Left, 8);
        across.ApplyTo(plot.Axes.Bottom, 9);
        var others = string.Join(", ", snapshot.Search.Goals[2..].Select(goal => goal.ToString()));
        return new Picture
        {
            Title = shown.Length == 1
                ? "The one trial is the front"
                : $"{Figures.Count(front.Length, "trial")} of {shown.Length} {(front.Length == 1 ? "is" : "are")} on the front: no other "
                    + $"beats {(front.Length == 1 ? "it" : "them")} in everything",
            Subtitle = $"{summary.Name} · {first} against {second}" + (others.Length > 0 ? $"; also {others}, which is not drawn" : ""),
            Caption = front.Length == 1
                ? $"Trial {front[0].Trial.Number}: {Say(front[0])}."
                : $"From trial {front[0].Trial.Number} ({Say(front[0])}) to trial {front[^1].Trial.Number} ({Say(front[^1])}).",
            Legend =
            [
                new LegendEntry("on the front, with the trial's number", LegendMark.Dot, PlotColors.Best),
                .. shown.Length == front.Length
                    ? Array.Empty<LegendEntry>()
                    : [new LegendEntry("beaten by another", LegendMark.Dot, PlotColors.Global)],
            ],
            Table = PictureTable.Of(
                shown.Select(entry => (string[])[Figures.Brief(entry.Trial.Number), entry.Front == 1 ? "on the front" : "beaten",
                    .. snapshot.Search.Goals.Select(goal => Of(entry, goal) is { } value ? Figures.Brief(value, 4) : "")]),
                ["trial", "place", .. snapshot.Search.Goals.Select(goal => goal.Metric)]),
            Panels = [new Panel(plot)],
        };

        Coordinates At(RankedTrial entry) => new(across.At(Of(entry, second)!.Value), upward.At(Of(entry, first)!.Value));

        string Say(RankedTrial entry) => $"{Figures.Words(first.Metric)} {upward.Say(Of(entry, first)!.Value)}, "
            + $"{Figures.Words(second.Metric)} {across.Say(Of(entry, second)!.Value)}";
    }

    private static Picture Without(CampaignSummary summary, string message) =>
        new() { Title = summary.Headline, Subtitle = summary.Name, Message = message };

    private static ValueAxis Axis(RankedTrial[] shown, Goal goal) =>
        new(shown.Select(entry => Of(entry, goal)!.Value), goal.Metric, goal.Maximize);

    private static double? Of(RankedTrial entry, Goal goal) =>
        entry.Trial.Measured.Find(goal.Metric) is { } value && double.IsFinite(value) ? value : null;
}
