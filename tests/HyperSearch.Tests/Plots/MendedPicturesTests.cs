using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Plots.Drawing;
using HyperSearch.Plots.Report;
using HyperSearch.Spaces;
using HyperSearch.Tests.Analysis;
using ScottPlot.Plottables;

namespace HyperSearch.Tests.Plots;

/// <summary>What a reader sees in a picture is what was measured.</summary>
public sealed class MendedPicturesTests
{
    private static readonly Space Space = new([new Parameter("x", new UniformScale(0, 1)), new Parameter("y", new UniformScale(0, 1))]);

    /// <summary>A falling error of 10.9 and 6.7 % above a scale that ends below was drawn flat, at the fence.</summary>
    [Fact]
    public void Curves_AboveTheScaleLeaveThePicture()
    {
        double[] falling = [0.9, 0.5, 0.3, .. Enumerable.Range(0, 40).Select(epoch => 0.02 - 0.0001 * epoch)];
        var trial = Synthetic.Done(0, Space.At([0.5, 0.5]), falling[^1]) with { Curve = Curve(falling) };
        var picture = new CurvesPlot().Draw(Synthetic.Of(Space, [trial]));
        var points = Assert.Single(picture.Panels[0].Plot.GetPlottables<Scatter>()).Data.GetScatterPoints();
        Assert.True(points[0].Y > points[1].Y && points[1].Y > points[2].Y && points[2].Y > points[3].Y);
        Assert.Contains("outside of the picture", picture.Subtitle, StringComparison.Ordinal);
    }

    /// <summary>The first epoch of a lone trial, no outlier, was cut off.</summary>
    [Fact]
    public void Curves_KeepWhatLiesALittleBeyondTheRest()
    {
        double[] falling = [0.65, 0.35, 0.25, 0.22, 0.2, 0.18, 0.16, 0.155, 0.15];
        var trial = Synthetic.Done(0, Space.At([0.5, 0.5]), 0.15) with { Curve = Curve(falling) };
        var picture = new CurvesPlot().Draw(Synthetic.Of(Space, [trial]));
        Assert.DoesNotContain("outside", picture.Subtitle, StringComparison.Ordinal);
    }

    /// <summary>With a trial at 1.2 the title said 0.1 while the axis said 10 %.</summary>
    [Fact]
    public void Curves_TellValuesAsTheTitleDoes()
    {
        double[] falling = [0.3, 0.2, 0.1];
        var best = Synthetic.Done(0, Space.At([0.5, 0.5]), 0.1) with { Curve = Curve(falling) };
        var picture = new CurvesPlot().Draw(Synthetic.Of(Space, [best, Synthetic.Done(1, Space.At([0.5, 0.5]), 1.2)]));
        Assert.DoesNotContain(Ticks(picture, 0).Left, tick => tick.Label.Contains('%', StringComparison.Ordinal));
    }

    /// <summary>A training error of 0 was drawn at half the least error, on linear axes too.</summary>
    [Fact]
    public void BiasVariance_DrawsZeroAtZeroOnALinearScale()
    {
        var trials = Enumerable.Range(0, 10).Select(number => WithErrors(number, number == 0 ? 0 : 0.05, 0.06));
        var plot = new BiasVariancePlot().Draw(Synthetic.Of(Space, trials)).Panels[0].Plot;
        Assert.Contains(plot.GetPlottables<Markers>().SelectMany(markers => markers.Data.GetScatterPoints()), point => point.X == 0);
    }

    [Fact]
    public void BiasVariance_NamesZeroOnALogarithmicScale()
    {
        var trials = Enumerable.Range(0, 10).Select(number => WithErrors(number, number == 0 ? 0 : 0.01 * number, 0.2));
        var picture = new BiasVariancePlot().Draw(Synthetic.Of(Space, trials));
        Assert.Contains("1 trial with an error of 0", picture.Subtitle, StringComparison.Ordinal);
        Assert.Contains(Ticks(picture, 0).Bottom, tick => tick.Label == "0");
    }

    /// <summary>The ring around the best trial, 18 pixels wide, was cut where it lies at the end of a range or at an error of 0.</summary>
    [Fact]
    public void Slices_LeaveRoomForTheRingAtTheEndsOfRanges()
    {
        var trials = Enumerable.Range(0, 30).Select(number => Synthetic.Done(number, Space.At([number / 29.0, 0]), number / 100.0));
        var picture = new SlicesPlot().Draw(Synthetic.Of(Space, trials));
        var plot = picture.Panels[0].Plot;
        Assert.InRange(plot.Axes.Bottom.Min, -0.1, -0.05);
        Assert.True(plot.Axes.Left.Min < -0.01, "there is no room below an error of 0");
        Assert.NotEmpty(Ticks(picture, 0).Left);
        Assert.DoesNotContain(Ticks(picture, 0).Left, tick => tick.Position < 0);
    }

    [Fact]
    public void Contour_HasFiguresOnItsColourScale()
    {
        var trials = Enumerable.Range(0, 30).Select(number =>
            Synthetic.Done(number, Space.At([number / 29.0, number * 7 % 30 / 29.0]), 0.01 + number / 100.0));
        var picture = new ContourPlot().Draw(Synthetic.Of(Space, trials));
        Assert.Equal(2, picture.Panels.Length);
        Assert.InRange(Ticks(picture, 1).Left.Count(tick => tick.IsMajor), 3, 12);
    }

    [Fact]
    public void Front_RingsWhatNoOtherBeats()
    {
        var trials = Enumerable.Range(0, 12).Select(number =>
        {
            var (error, size) = number < 6 ? (0.1 + 0.01 * number, 600.0 - 100 * number) : (0.3, 900.0);
            return Synthetic.Done(number, Space.At([number / 12.0, 0.5]), error) with
            {
                Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", error).Add("parameters", size),
            };
        });
        var campaign = Synthetic.Of(Space, trials);
        campaign = campaign with { Search = campaign.Search with { Further = [new Goal("parameters")] } };
        var picture = new FrontPlot().Draw(campaign);
        Assert.Equal("6 trials of 12 are on the front: no other beats them in everything", picture.Title);
        Assert.Equal(2, picture.Panels[0].Plot.GetPlottables<Markers>().Count());
    }

    /// <summary>The page's first sentence was the search's own score, beside a mean that was better.</summary>
    [Fact]
    public void History_NamesTheMeanOfAConfirmedWinner()
    {
        var winner = Synthetic.Done(0, Space.At([0.5, 0.5]), 0.02) with { Confirmed = new Confirmation([0.014, 0.016], 0) };
        Assert.Equal("Best mean dev error 1.50 %, of trial 0 of 1", new HistoryPlot().Draw(Synthetic.Of(Space, [winner])).Title);
    }

    /// <summary>The labels of equal trials stood over one another, and one trial was "them".</summary>
    [Fact]
    public void Front_GivesEqualTrialsOneLabelAndOneTrialNoPlural()
    {
        CampaignSnapshot[] campaigns = [.. Enumerable.Range(1, 2).Reverse().Select(count =>
            Synthetic.Of(Space, Enumerable.Range(0, count).Select(number =>
            Synthetic.Done(number, Space.At([number / 12.0, 0.5]), 0.25) with
            {
                Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", 0.25).Add("parameters", 100),
            })))];
        Picture[] pictures = [.. campaigns.Select(campaign => new FrontPlot().Draw(campaign with
        {
            Search = campaign.Search with { Further = [new Goal("parameters")] },
        }))];
        Assert.Equal("  0, 1", Assert.Single(pictures[0].Panels[0].Plot.GetPlottables<ScottPlot.Plottables.Text>()).LabelText);
        Assert.Equal("The one trial is the front", pictures[1].Title);
        Assert.Single(pictures[1].Legend);
    }

    /// <summary>A logarithmic axis ended at infinity and wanted a tick for each of two thousand million powers of ten.</summary>
    [Fact]
    public void EveryPicture_TakesValuesAtTheEndOfTheNumbers()
    {
        double[] values = [1e-310, 1e-300, 0.5, 3, 1e299, 1e301, 5e307, double.MaxValue];
        foreach (var sign in new[] { 1, -1 })
        {
            var trials = Enumerable.Range(0, 24).Select(number => Synthetic.Done(number, Space.At([number / 24.0, number % 5 / 5.0]),
                sign * values[number % 8]) with
            {
                Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", sign * values[number % 8])
                    .Add("train_error", values[number % 8]).Add("far", values[number / 3]),
            });
            var campaign = Synthetic.Of(Space, trials);
            campaign = campaign with { Search = campaign.Search with { Further = [new Goal("far")] } };
            foreach (var plot in PlotKinds.All)
                Assert.NotEmpty(PictureRenderer.Png(plot.Draw(campaign), scale: 0.25));
        }
    }

    /// <summary>The page of a winner by pbt showed its last configuration as if it were all that trained the network.</summary>
    [Fact]
    public void Report_TellsTheLineageOfACopyThatWon()
    {
        var (ancestor, own) = (Space.At([0.2, 0.25]), Space.At([0.7, 0.25]));
        Trial[] trials = [Synthetic.Done(0, ancestor, 0.2), Synthetic.Done(1, own, 0.1) with { Past = [new Stretch(0, ancestor, 12)] }];
        var page = ReportPage.Html(Synthetic.Of(Space, trials), new ReportContext { SearchFile = "name: x" });
        Assert.Contains("What its network was trained with", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>1 to 12</td><td>0</td><td>0.2</td></tr>\n<tr><td>13 to 30</td><td>1</td><td>0.7</td></tr>", page,
            StringComparison.Ordinal);
        Assert.Contains("Its last configuration alone does not give that network", page, StringComparison.Ordinal);
    }

    /// <summary>It advised confirm, which does not go with several metrics, and told of no front.</summary>
    [Fact]
    public void Report_OfATradeOffTellsOfTheFront()
    {
        var trials = Enumerable.Range(0, 12).Select(number => Synthetic.Done(number, Space.At([number / 12.0, 0.5]), number / 100.0) with
        {
            Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", number / 100.0).Add("parameters", 50 - number % 4),
        });
        var campaign = Synthetic.Of(Space, trials) with { DevRows = 60 };
        campaign = campaign with { Search = campaign.Search with { Further = [new Goal("parameters")] } };
        var page = ReportPage.Html(campaign, new ReportContext { SearchFile = "name: x" });
        Assert.Contains("Trial 0 has the best dev_error of the 4 trials on the front, none of which beats another in everything", page,
            StringComparison.Ordinal);
        Assert.Contains("trial 0, parameters 50<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("confirm: {", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_HasContentsThatLeadToItsParts()
    {
        var page = ReportPage.Html(Synthetic.Digits(40), new ReportContext { SearchFile = "name: x" });
        foreach (var target in new[] { "winner", "diagnosis", "figure-history", "figure-curves", "trials", "reproduce", "file" })
        {
            Assert.Contains($"href=\"#{target}\"", page, StringComparison.Ordinal);
            Assert.Contains($"id=\"{target}\"", page, StringComparison.Ordinal);
        }
    }

    /// <summary>The ticks of a panel; they are made when the picture is drawn.</summary>
    private static (ScottPlot.Tick[] Bottom, ScottPlot.Tick[] Left) Ticks(Picture picture, int panel)
    {
        PictureRenderer.Png(picture, 0.25);
        var axes = picture.Panels[panel].Plot.Axes;
        return (axes.Bottom.TickGenerator.Ticks, axes.Left.TickGenerator.Ticks);
    }

    private static Trial WithErrors(int number, double train, double dev) =>
        Synthetic.Done(number, Space.At([number / 10.0, 0.5]), dev) with
        {
            Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", dev).Add("train_error", train),
        };

    private static LearningCurve Curve(double[] values) => new([.. Enumerable.Range(1, values.Length)],
        ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("dev_error", [.. values]));
}
