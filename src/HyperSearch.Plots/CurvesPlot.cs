using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>Learning curves of the best five trials, on the dev set and on the training set.</summary>
public sealed class CurvesPlot : ValuePlot
{
    private const int Shown = 5;

    /// <inheritdoc/>
    public override string Kind => "curves";

    /// <inheritdoc/>
    public override string Description =>
        "How the best five trials learned: solid on the dev set, dashed on the training set. A gap between the "
        + "two is variance; both high is bias; a dev curve that rises again wants early stopping.";

    private protected override Picture Draw(CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        var dev = summary.Metric;
        var leaders = Ranking.Rank(summary.Valued, snapshot.Search)
            .Where(entry => entry.Trial.Curve.Column(dev).Any(double.IsFinite)).Take(Shown).ToArray();
        if (leaders.Length == 0)
            return new Picture
            {
                Title = summary.Headline,
                Subtitle = summary.Name,
                Message = $"The trials gave no {Figures.Words(dev)} epoch by epoch, so there is no curve to draw."
            };
        var train = Counterpart(dev, leaders);
        var plot = Style.NewPlot();
        var values = leaders.SelectMany(entry => Columns(entry.Trial, dev, train)).ToArray();
        var axis = new ValueAxis(values, dev, snapshot.Search.Maximize, mayBeShare: summary.IsShare);
        for (var i = leaders.Length - 1; i >= 0; i--)
        {
            if (train is not null)
                Curve(plot, leaders[i].Trial, train, axis, PlotColors.Series[i].WithOpacity(0.75), LinePattern.DenselyDashed, i == 0 ? 1.8f
                    : 1.3f);
            Curve(plot, leaders[i].Trial, dev, axis, PlotColors.Series[i], LinePattern.Solid, i == 0 ? 2.8f : 1.8f);
        }

        axis.ApplyTo(plot.Axes.Left, 8, train is null ? null : axis.Label.Replace(Figures.Words(dev),
            Figures.Words(dev[(dev.IndexOf('_', StringComparison.Ordinal) + 1)..]), StringComparison.Ordinal));
        var last = Math.Max(2, leaders.Max(entry => entry.Trial.Curve.Epochs[^1]));
        plot.Axes.SetLimitsX(Math.Min(1, leaders.Min(entry => entry.Trial.Curve.Epochs[0])) - 0.02 * last, last * 1.02);
        new AxisTicks([.. NiceNumbers.Linear(0, last, 11, whole: true).Where(tick => tick > 0)
            .Select(tick => (tick, NumberText.Rounded(tick)))], []).ApplyTo(plot.Axes.Bottom);
        plot.Axes.Bottom.Label.Text = "epoch";
        return new Picture
        {
            Title = Title(summary, leaders[0].Trial, train),
            Subtitle = $"{summary.Name} · {(summary.Snapshot.Trials.Length == 1 ? "the one trial"
                : $"the best {leaders.Length} of {summary.Snapshot.Trials.Length} trials")}"
                + (axis.Beyond > 0 ? $" · {Figures.Count(axis.Beyond, "value")} outside of the picture" : ""),
            Caption = Caption(summary, leaders[0].Trial),
            Legend = [.. Legend(summary, leaders, dev, train)],
            Table = Table(leaders, dev, train, summary.IsShare),
            Chart = Chart(leaders, dev, train, axis, plot.Axes.Left.Label.Text),
            Panels = [new Panel(plot)],
        };
    }

    private static LineChart Chart(RankedTrial[] leaders, string dev, string? train, ValueAxis axis, string label)
    {
        var first = Math.Min(1, leaders.Min(entry => entry.Trial.Curve.Epochs[0]));
        var last = Math.Max(2, leaders.Max(entry => entry.Trial.Curve.Epochs[^1]));
        double At(double epoch) => (epoch - first) / (last - first);
        return new LineChart(
            new ChartAxis("epoch", new AxisTicks([.. NiceNumbers.Linear(0, last, 11, whole: true).Where(tick => tick >= first && tick > 0)
                .Select(tick => (At(tick), NumberText.Rounded(tick)))], [])),
            LineChart.Of(axis, label),
            [
                .. leaders.SelectMany(entry => (ChartLine[])
                [
                    Line(entry.Trial, dev, isDashed: false), .. train is null ? Array.Empty<ChartLine>() : [Line(entry.Trial, train, true)],
                ]),
            ]);

        ChartLine Line(Trial trial, string metric, bool isDashed) => new(trial.Number, isDashed,
            [.. trial.Curve.Epochs.Zip(trial.Curve.Column(metric)).Where(step => double.IsFinite(step.Second))
                .Select(step => new Coordinates(At(step.First), LineChart.At(axis, step.Second)))]);
    }

    private static PictureTable Table(RankedTrial[] leaders, string dev, string? train, bool isShare)
    {
        return PictureTable.Of(
            leaders.Select(entry => entry.Trial.Curve.Epochs).SelectMany(epochs => epochs).Distinct().Order().Select(epoch => (string[])
                [Figures.Brief(epoch), .. leaders.SelectMany(entry => Metrics().Select(metric => At(entry.Trial.Curve, epoch, metric)))]),
            ["epoch", .. leaders.SelectMany(entry => Metrics().Select(metric => $"trial {entry.Trial.Number}, {Figures.Words(metric)}"))]);

        IEnumerable<string> Metrics() => train is null ? [dev] : [dev, train];

        string At(LearningCurve curve, int epoch, string metric)
        {
            var (place, column) = (curve.Epochs.IndexOf(epoch), curve.Column(metric));
            return place >= 0 && place < column.Length && double.IsFinite(column[place]) ? Figures.Of(column[place], isShare) : "";
        }
    }

    private static string Title(CampaignSummary summary, Trial best, string? train)
    {
        var value = summary.Say(best.Value!.Value);
        var text = $"Trial {best.Number} reaches {Figures.Words(summary.Metric)} {value} after {Figures.Count(best.Epochs, "epoch")}";
        return train is not null
            && best.Metrics.TryGetValue(train, out var other) ? $"{text}, on the training set {Figures.Of(other, summary.IsShare)}" : text;
    }

    private static string Caption(CampaignSummary summary, Trial best)
    {
        var column = best.Curve.Column(summary.Metric);
        var steps = best.Curve.Epochs.Zip(column).Where(step => double.IsFinite(step.Second)).ToArray();
        var peak = summary.Snapshot.Search.Maximize ? steps.MaxBy(step => step.Second) : steps.MinBy(step => step.Second);
        return peak.Second == steps[^1].Second
            ? $"Trial {best.Number} was never better than at its last epoch, {steps[^1].First}."
            : $"Trial {best.Number} was best at epoch {peak.First} with {summary.Say(peak.Second)}, before its end at epoch "
                + $"{steps[^1].First} with {summary.Say(steps[^1].Second)}.";
    }

    private static IEnumerable<LegendEntry> Legend(CampaignSummary summary, RankedTrial[] leaders, string dev, string? train)
    {
        for (var i = 0; i < leaders.Length; i++)
            yield return new LegendEntry($"trial {leaders[i].Trial.Number}: {summary.Say(leaders[i].Value!.Value)}", LegendMark.Line,
                PlotColors.Series[i]);
        if (train is not null)
        {
            yield return new LegendEntry(Figures.Words(dev), LegendMark.Line, PlotColors.Muted);
            yield return new LegendEntry(Figures.Words(train), LegendMark.Dashes, PlotColors.Muted);
        }
    }

    /// <summary>The training set's metric that goes with the dev set's.</summary>
    private static string? Counterpart(string dev, RankedTrial[] leaders)
    {
        var cut = dev.IndexOf('_', StringComparison.Ordinal);
        var train = cut < 0 ? "train_" + dev : "train" + dev[cut..];
        return train != dev && leaders.Any(entry => entry.Trial.Curve.Column(train).Any(double.IsFinite)) ? train : null;
    }

    private static IEnumerable<double> Columns(Trial trial, string dev, string? train) =>
        trial.Curve.Column(dev).Concat(train is null ? [] : trial.Curve.Column(train));

    private static void Curve(Plot plot, Trial trial, string metric, ValueAxis axis, Color color, LinePattern pattern, float width)
    {
        var column = trial.Curve.Column(metric);
        var points = trial.Curve.Epochs.Select((epoch, index) => (epoch, Value: index < column.Length ? column[index] : double.NaN))
            .Where(point => double.IsFinite(point.Value))
            .Select(point => new Coordinates(point.epoch, axis.AtUnclipped(point.Value))).ToArray(); // outliers leave the picture
        if (points.Length == 0)
            return;
        var line = plot.Add.ScatterLine(points, color);
        line.LineWidth = width;
        line.LinePattern = pattern;
        if (points.Length == 1)
            plot.Add.Marker(points[0], MarkerShape.FilledCircle, 8, color);
    }
}
