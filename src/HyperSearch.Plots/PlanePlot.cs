using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>Two hyperparameters: the coarse points, the hops, and the boxes in which the search looked closer.</summary>
public sealed class PlanePlot : TwoParameterPlot
{
    private const int MostBoxes = 30;

    /// <inheritdoc/>
    public override string Kind => "plane";

    /// <inheritdoc/>
    public override string Description => "Two hyperparameters at once: coarse points over the whole plane, then hops and boxes around "
        + "the best. A box carries the number of its round and fades with age; large points are good.";

    private protected override string Noun => "A plane";

    internal override TwoParameterPlot Of(string x, string y) => new PlanePlot { X = x, Y = y };

    private protected override Picture Draw(CampaignSummary summary, ParameterAxis x, ParameterAxis y)
    {
        var snapshot = summary.Snapshot;
        var plot = Style.NewPlot();
        Boxes(plot, snapshot, x.Parameter, y.Parameter);
        Points(plot, summary, x, y);
        SetAxes(plot, x, y);
        return new Picture
        {
            Title = Title(summary, x, y),
            Subtitle = $"{summary.Name} · {x.Parameter.Name} and {y.Parameter.Name}, each on its own scale; the better a trial, the "
                + $"larger its point{summary.Choice}",
            Caption = Caption(snapshot, x.Parameter, y.Parameter),
            Legend = [.. Legend(summary)],
            Table = PictureTable.OfTrials(summary, [x.Parameter, y.Parameter]),
            Panels = [new Panel(plot)],
        };
    }

    private static string Title(CampaignSummary summary, ParameterAxis x, ParameterAxis y)
    {
        var point = summary.Best!.Point;
        var at = new[] { x, y }.Where(axis => point.ContainsKey(axis.Parameter.Name))
            .Select(axis => $"{axis.Parameter.Name} {Said(point[axis.Parameter.Name])}");
        return $"Best {Figures.Words(summary.Metric)} {summary.Say(summary.Best.Value!.Value)} at {string.Join(", ", at)}";
    }

    private static string Caption(CampaignSnapshot snapshot, Parameter x, Parameter y)
    {
        var searched = snapshot.Search.Space.Searched;
        if (snapshot.Trials.LastOrDefault(trial => trial.Origin.Low.Length == searched.Length
            && trial.Origin.High.Length == searched.Length) is not { } last)
            return "No trial was drawn from a box.";
        double Side(Parameter parameter) => last.Origin.High[searched.IndexOf(parameter)] - last.Origin.Low[searched.IndexOf(parameter)];
        return $"The last box, that of trial {last.Number}, covers {Figures.Brief(100 * Side(x) * Side(y))} % of this plane.";
    }

    private static string Said(ParameterValue value) => value.IsNumber ? Figures.Brief(value.Number) : value.ToString();

    private static IEnumerable<LegendEntry> Legend(CampaignSummary summary)
    {
        foreach (var entry in summary.OriginLegend())
            yield return entry;
        if (summary.Snapshot.Trials.Any(trial => !trial.Origin.Low.IsEmpty))
            yield return new LegendEntry("box of a round, older ones fade", LegendMark.Frame, PlotColors.Box);
        yield return new LegendEntry("best", LegendMark.Ring, PlotColors.Best);
        if (summary.WithoutValue > 0)
            yield return new LegendEntry("without a value", LegendMark.Cross, PlotColors.Muted);
    }

    /// <summary>The box of each round as a rectangle with the round's number, the newest strongest; without rounds, and of very many, every
    /// n-th box.</summary>
    private static void Boxes(Plot plot, CampaignSnapshot snapshot, Parameter x, Parameter y)
    {
        var searched = snapshot.Search.Space.Searched;
        int dx = searched.IndexOf(x), dy = searched.IndexOf(y);
        var rounds = Rounds.Of(snapshot).Where(round => round.Box is not null)
            .ToDictionary(round => round.Box!.Trial, round => round.Number);
        var boxes = snapshot.Trials.Where(trial => trial.Origin.Low.Length == searched.Length && trial.Origin.High.Length == searched.Length
            && (rounds.Count == 0 || rounds.ContainsKey(trial.Number))).ToArray();
        var stride = Math.Max(1, boxes.Length / MostBoxes);
        boxes = [.. boxes.Where((_, index) => (boxes.Length - 1 - index) % stride == 0)];
        var named = new List<Coordinates>();
        for (var i = boxes.Length - 1; i >= 0; i--)
        {
            var age = boxes.Length == 1 ? 0 : 1 - i / (boxes.Length - 1.0);
            var (low, high) = (boxes[i].Origin.Low, boxes[i].Origin.High);
            var rectangle = plot.Add.Rectangle(low[dx], high[dx], low[dy], high[dy]);
            rectangle.FillColor = PlotColors.Box.WithOpacity(i == boxes.Length - 1 ? 0.08
                : 0); // many fills on one another would hide the points
            rectangle.LineColor = PlotColors.Box.WithOpacity(0.12 + 0.6 * Math.Pow(1 - age, 3));
            rectangle.LineWidth = 1.3f;
            var corner = new Coordinates(low[dx], high[dy]);
            if (!rounds.TryGetValue(boxes[i].Number, out var round)
                || named.Any(other => Math.Abs(other.X - corner.X) < 0.03 && Math.Abs(other.Y - corner.Y) < 0.04))
                continue;
            named.Add(corner);
            Style.Text(plot, NumberText.Rounded(round), corner.X
                + 0.004, corner.Y - 0.006, PlotColors.Box.WithOpacity(0.45 + 0.55 * (1 - age)), 12, Alignment.UpperLeft, bold: true);
        }
    }

    private static void Points(Plot plot, CampaignSummary summary, ParameterAxis x, ParameterAxis y)
    {
        var snapshot = summary.Snapshot;
        var size = Style.MarkerSize(summary.Valued.Count);
        Style.Points(plot, Inside(summary.DrawnWithoutValue, x, y), PlotColors.Muted, size * 0.8f, MarkerShape.Eks, 0.55);
        var ranked = Ranking.Rank(summary.Drawn, snapshot.Search);
        var groups = ranked.GroupBy(entry => (Quarter: (entry.Rank - 1) * 4 / ranked.Length, entry.Trial.Origin.Kind))
            .OrderByDescending(group => group.Key.Quarter);
        foreach (var group in groups)
            Style.Points(plot, Inside(group.Select(entry => entry.Trial), x, y), PlotColors.Of(group.Key.Kind),
                size * (1.35f - 0.28f * group.Key.Quarter), opacity: 0.95 - 0.18 * group.Key.Quarter);
        foreach (var best in Inside([summary.Best!], x, y))
            Style.Ring(plot, best.X, best.Y, size);
    }

    private static IEnumerable<Coordinates> Inside(IEnumerable<Trial> trials, ParameterAxis x, ParameterAxis y) =>
        trials.Select(trial => new Coordinates(x.Of(trial), y.Of(trial)))
            .Where(place => double.IsFinite(place.X) && double.IsFinite(place.Y));
}
