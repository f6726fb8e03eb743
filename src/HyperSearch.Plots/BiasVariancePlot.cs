using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>Every trial's training error against its dev error, with the zones where bias or variance dominates.</summary>
public sealed class BiasVariancePlot : ValuePlot
{
    /// <inheritdoc/>
    public override string Kind => "bias_variance";

    /// <inheritdoc/>
    public override string Description =>
        "Training error against dev error. On the diagonal there is no variance; to the right bias dominates "
        + "(fit better: bigger, longer), above the dashed line variance does (more data, regularization).";

    private protected override Picture Draw(CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        if (TrainDev.Of(snapshot) is not { Points.Count: > 0 } pair)
            return new Picture
            {
                Title = summary.Headline,
                Subtitle = summary.Name,
                Message = "Bias and variance need train_… and dev_… metrics with the same ending."
            };
        var diagnosis = Diagnostician.Diagnose(snapshot);
        var name = "train and dev " + Figures.Words(pair.Metric);
        var (xs, ys) = (pair.Points.Select(point => point.Train).ToArray(), pair.Points.Select(point => point.Dev).ToArray());
        var all = xs.Concat(ys).ToArray();
        var smallest = xs.Concat(ys).Where(value => value > 0).DefaultIfEmpty(0.01).Min();
        var axis = new ValueAxis(all.Max() < 8 * smallest ? [0, .. all, 1.15 * all.Max()]
            : all.Select(value => Math.Max(value, smallest / 2)), pair.IsShare ? name.Replace(' ', '_') : name);
        var zeros = axis.IsLog ? pair.Points.Count(point => point.Train <= 0 || point.Dev <= 0) : 0;
        var plot = Style.NewPlot();
        Zones(plot, axis);
        var size = Style.MarkerSize(pair.Points.Count);
        var last = Math.Max(1, pair.Points.Max(point => point.Trial.Number));
        foreach (var shade in CampaignSummary.Some(pair.Points).GroupBy(point => point.Trial.Number * 11 / last)
            .OrderBy(group => group.Key))
            Style.Points(plot, shade.Select(point => At(point.Train, point.Dev)), PlotColors.Ramp(shade.Key / 11.0), size);
        foreach (var best in pair.Points.Where(point => point.Trial.Number == diagnosis.Trial))
            Style.Ring(plot, At(best.Train, best.Dev).X, At(best.Train, best.Dev).Y, size);
        var zero = zeros > 0 ? At(0, 0).X : (double?)null;
        axis.ApplyTo(plot.Axes.Bottom, 9, axis.Label.Replace("train and dev", "train", StringComparison.Ordinal));
        axis.ApplyTo(plot.Axes.Left, 8, axis.Label.Replace("train and dev", "dev", StringComparison.Ordinal));
        if (zero is { } place)
        {
            axis.Ticks(9).WithZero(place).ApplyTo(plot.Axes.Bottom);
            axis.Ticks(8).WithZero(place).ApplyTo(plot.Axes.Left);
        }

        return new Picture
        {
            Title = Title(diagnosis),
            Subtitle = $"{summary.Name} · each point is a trial{summary.Choice}; base error 0"
                + (zeros > 0 ? $" · {Figures.Count(zeros, "trial")} with an error of 0, drawn at the end of the scale" : ""),
            Caption = Caption(pair),
            Legend =
            [
                new LegendEntry("first to last trial", LegendMark.Ramp, [.. PlotColors.RampSamples]),
                new LegendEntry($"the best, trial {diagnosis.Trial}", LegendMark.Ring, PlotColors.Best),
                new LegendEntry("dev = train", LegendMark.Line, PlotColors.Muted),
                new LegendEntry("variance = bias", LegendMark.Dashes, PlotColors.Muted),
            ],
            Table = PictureTable.Of(
                pair.Points.OrderBy(point => point.Dev).Select(point => (string[])[Figures.Brief(point.Trial.Number),
                    Figures.Of(point.Train, pair.IsShare), Figures.Of(point.Dev, pair.IsShare)]),
                "trial", $"train {Figures.Words(pair.Metric)}", $"dev {Figures.Words(pair.Metric)}"),
            Panels = [new Panel(plot)],
        };

        Coordinates At(double train, double dev) => new(On(train), On(dev));

        double On(double value) => axis.At(axis.IsLog ? Math.Max(value, smallest / 2) : value);
    }

    private static string Title(Diagnosis diagnosis)
    {
        string F(double? value) => Figures.Of(value ?? double.NaN, diagnosis.IsShare);
        var verdict = diagnosis.Fit switch
        {
            FitQuality.Good => "The winner fits and generalizes",
            FitQuality.Bias when diagnosis.BaseError == 0 => "The winner may have high bias",
            FitQuality.Bias => "The winner has high bias",
            FitQuality.Variance => "The winner has high variance",
            FitQuality.BiasAndVariance => "The winner has bias and variance",
            _ => "Bias and variance",
        };
        return diagnosis.TrainError is null ? verdict : $"{verdict}: train {F(diagnosis.TrainError)}, dev {F(diagnosis.DevError)}";
    }

    private static string Caption(TrainDev pair)
    {
        var variance = pair.Points.Count(point => point.Dev > 2 * point.Train);
        return $"Variance is the greater part of the dev error in {variance} of {Figures.Count(pair.Points.Count, "trial")}, bias in "
            + $"{pair.Points.Count - variance}.";
    }

    /// <summary>Above dev = 2·train variance is the greater part of the dev error (base 0); between that and the diagonal bias
    /// is.</summary>
    private static void Zones(Plot plot, ValueAxis axis)
    {
        const int steps = 60;
        var line = Enumerable.Range(0, steps + 1).Select(i => axis.Bottom + (axis.Top - axis.Bottom) * i / steps).ToArray();
        var equal = line.Select(x => new Coordinates(x, Math.Clamp(axis.AtUnclipped(2 * axis.ValueAt(x)), axis.Bottom, axis.Top)))
            .ToArray();
        var variance = plot.Add.Polygon([.. equal, new Coordinates(axis.Top, axis.Top), new Coordinates(axis.Bottom, axis.Top)]);
        variance.FillColor = PlotColors.Model.WithOpacity(0.07);
        variance.LineWidth = 0;
        var bias = plot.Add.Polygon([.. equal, new Coordinates(axis.Top, axis.Bottom), new Coordinates(axis.Bottom, axis.Bottom)]);
        bias.FillColor = PlotColors.Hop.WithOpacity(0.07);
        bias.LineWidth = 0;
        var diagonal = plot.Add.Line(axis.Bottom, axis.Bottom, axis.Top, axis.Top);
        diagonal.LineColor = PlotColors.Muted;
        var dashes = plot.Add.ScatterLine(equal.Where(point => point.Y < axis.Top).ToArray(), PlotColors.Muted);
        dashes.LinePattern = LinePattern.Dashed;
        dashes.LineWidth = 1.4f;
        var span = axis.Top - axis.Bottom;
        Style.Text(plot, "variance dominates", axis.Bottom
            + 0.015 * span, axis.Top - 0.03 * span, PlotColors.Muted, 15, Alignment.UpperLeft, bold: true);
        Style.Text(plot, "bias dominates", axis.Top - 0.015 * span, axis.Bottom
            + 0.03 * span, PlotColors.Muted, 15, Alignment.LowerRight, bold: true);
    }
}

/// <summary>The trials that have an error on the training set and on the dev set.</summary>
internal sealed record TrainDev(string Metric, bool IsShare, IReadOnlyList<(Trial Trial, double Train, double Dev)> Points)
{
    public static TrainDev? Of(CampaignSnapshot snapshot)
    {
        if (FitErrors.Of(snapshot) is not { } pair)
            return null;
        var points = snapshot.Trials.Where(trial => trial.Succeeded).Select(trial => (trial, Errors: pair.Read(trial)))
            .Where(entry => entry.Errors is { } errors && double.IsFinite(errors.Train + errors.Dev))
            .Select(entry => (entry.trial, entry.Errors!.Value.Train, entry.Errors.Value.Dev));
        return new TrainDev(pair.Metric, pair.IsShare, [.. points]);
    }
}
