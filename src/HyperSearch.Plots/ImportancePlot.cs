using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>How much each hyperparameter matters, overall and among the good trials, and which of them interact.</summary>
public sealed class ImportancePlot : ValuePlot
{
    private const int MostRows = 16;
    private const int MostPairs = 8;

    /// <inheritdoc/>
    public override string Kind => "importance";

    /// <inheritdoc/>
    public override string Description =>
        "Which hyperparameters matter: the share of the variance each explains over the whole space (functional "
        + "ANOVA), and how much it distinguishes the best tenth within the better half (PED-ANOVA). Whiskers are one standard deviation.";

    private protected override Picture Draw(CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        var report = Importance.Of(snapshot);
        if (report.TooFew is { } tooFew)
            return new Picture { Title = "Which hyperparameters matter cannot be told yet", Subtitle = summary.Name, Message = tooFew };
        var rows = report.Parameters.Take(MostRows).ToArray();
        var pairs = report.Pairs.Where(pair => pair.Share >= 0.005).Take(MostPairs).ToArray();
        var singles = Bars([.. rows.Select(row => row.Name)], [.. rows.Select(row => (row.Share, row.ShareError))], report.TellsTheBest
            ? [.. rows.Select(row => (row.TopShare, row.TopShareError))] : [], 210);
        var panels = ImmutableArray.Create(new Panel(singles, Width: pairs.Length > 0 ? 0.58 : 1, Title: "alone"));
        if (pairs.Length > 0)
        {
            var plot = Bars([.. pairs.Select(pair => $"{pair.First} × {pair.Second}")],
                [.. pairs.Select(pair => (pair.Share, pair.ShareError))], [], 250);
            panels = panels.Add(new Panel(plot, Left: 0.58, Width: 0.42, Title: "in pairs, beyond each alone"));
        }

        return new Picture
        {
            Title = Title(rows),
            Subtitle = $"{summary.Name} · {(snapshot.Search.Further.IsEmpty ? "" : $"{snapshot.Search.Metric} alone, ")}"
                + $"from {Figures.Count(report.Trials, "trial")}",
            Caption = Caption(report),
            Legend = [.. Legend(report)],
            Table = Table(report),
            Panels = panels,
        };
    }

    private static PictureTable Table(ImportanceReport report) => PictureTable.Of(
        report.Parameters
            .Select(row => (string[])[row.Name, Share(row.Share, row.ShareError),
                report.TellsTheBest ? Share(row.TopShare, row.TopShareError) : ""])
            .Concat(report.Pairs.Where(pair => pair.Share >= 0.005)
                .Select(pair => (string[])[$"{pair.First} × {pair.Second}", Share(pair.Share, pair.ShareError), ""])),
        "hyperparameter", "share of the variance over the whole space", "weight among the better half");

    private static string Share(double share, double error) => $"{Percent(share)} ± {Percent(error)}";

    private static IEnumerable<LegendEntry> Legend(ImportanceReport report)
    {
        yield return new LegendEntry("share of the variance over the whole space", LegendMark.Square, PlotColors.Enqueued);
        if (report.TellsTheBest)
            yield return new LegendEntry("weight among the better half", LegendMark.Square, PlotColors.Hop);
        yield return new LegendEntry("one standard deviation", LegendMark.Line, PlotColors.Ink);
    }

    private static string Title(ParameterImportance[] rows)
    {
        var overall = rows[0];
        var top = rows.MaxBy(row => row.TopShare)!;
        if (overall.Share < 0.01)
            return "No hyperparameter explains the differences on its own";
        var finding = $"{overall.Name} explains {Percent(overall.Share)} of the differences";
        var second = rows.Where(row => row != top).Select(row => row.TopShare).DefaultIfEmpty(0).Max();
        if (top.TopShare - top.TopShareError <= second)
            return finding; // who leads among the good ones is within the noise
        return finding + (top.Name == overall.Name ? ", and decides among the good ones too" : $"; among the good ones {top.Name} decides");
    }

    private static string Caption(ImportanceReport report)
    {
        var first = report.Parameters.Take(3).ToArray();
        var pairs = report.Pairs.Sum(pair => pair.Share);
        return $"{string.Join(", ", first.Select(row => row.Name))} explain {Percent(first.Sum(row => row.Share))} of the differences "
            + $"over the whole space, each alone; what pairs add is {Percent(pairs)}."
            + (report.TieSentence is { } ties ? " " + ties : "");
    }

    private static string Percent(double share) => $"{Math.Round(share * 100)} %";

    private static Plot Bars(string[] names, (double Share, double Error)[] first, (double Share, double Error)[] second, float room)
    {
        var plot = Style.NewPlot();
        var thick = second.Length > 0 ? 0.36 : 0.5;
        for (var i = 0; i < names.Length; i++)
        {
            Bar(plot, -i + (second.Length > 0 ? 0.19 : 0), first[i], thick, PlotColors.Enqueued);
            if (second.Length > 0)
                Bar(plot, -i - 0.19, second[i], thick, PlotColors.Hop);
        }

        var most = Math.Min(1, first.Concat(second).Max(bar => bar.Share + bar.Error) * 1.12 + 0.01);
        plot.Axes.SetLimits(0, most, -names.Length + 0.5, 0.5);
        new AxisTicks([.. NiceNumbers.Linear(0, most * 100, 6).Select(tick => (tick / 100, NumberText.Rounded(tick) + " %"))], [])
            .ApplyTo(plot.Axes.Bottom);
        new AxisTicks([.. names.Select((name, i) => (-(double)i, Canvas.Fit(name, room - 18, Style.TickSize, bold: false)))], [])
            .ApplyTo(plot.Axes.Left);
        plot.Axes.Left.TickLabelStyle.ForeColor = PlotColors.Ink;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Bottom.Label.Text = "share (%)";
        Style.Room(plot, left: room, right: 34);
        return plot;
    }

    private static void Bar(Plot plot, double y, (double Share, double Error) bar, double thick, Color color)
    {
        var rectangle = plot.Add.Rectangle(0, bar.Share, y - thick / 2, y + thick / 2);
        rectangle.FillColor = color.WithOpacity(0.85);
        rectangle.LineWidth = 0;
        var whisker = plot.Add.Line(Math.Max(0, bar.Share - bar.Error), y, bar.Share + bar.Error, y);
        whisker.LineColor = PlotColors.Ink;
        whisker.LineWidth = 1.4f;
    }
}
