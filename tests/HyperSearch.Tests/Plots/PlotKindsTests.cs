using System.Globalization;
using System.Xml.Linq;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Plots.Drawing;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Analysis;
using SkiaSharp;

namespace HyperSearch.Tests.Plots;

public sealed class PlotKindsTests
{
    public static TheoryData<string> Kinds => [.. PlotKinds.All.Select(plot => plot.Kind)];

    [Fact]
    public void EveryPlot_IsListed()
    {
        var types = typeof(IPlot).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IPlot)) && type is { IsAbstract: false, IsInterface: false });
        Assert.Equal(types.Order(ByName), PlotKinds.All.Select(plot => plot.GetType()).Order(ByName));
        Assert.Equal(PlotKinds.All.Length, PlotKinds.All.Select(plot => plot.Kind).Distinct().Count());
    }

    [Fact]
    public void Save_IntoACampaignThatWasMovedMakesNoFolder()
    {
        var gone = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var snapshot = Synthetic.Digits(5) with { Folder = gone };
        Assert.Throws<StoreException>(() => PlotFiles.Save(snapshot, ["history"], PictureFormat.Svg, Path.Combine(gone, "plots")));
        Assert.False(Path.Exists(gone));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draw_IsRightWithNoneOneAndAllFailed(string kind)
    {
        var plot = PlotKinds.Find(kind);
        Inspect(plot.Draw(Synthetic.Of(Synthetic.DigitsSpace, [])));
        Inspect(plot.Draw(Synthetic.Digits(1)));
        var point = Synthetic.Digits(1).Trials[0].Point;
        var failed = plot.Draw(Synthetic.Of(Synthetic.DigitsSpace, Enumerable.Range(0, 12)
            .Select(i => Synthetic.Done(i, point, 0, i % 2 == 0 ? OutcomeState.Failed : OutcomeState.Diverged))));
        Inspect(failed);
        if (failed.Panels.IsEmpty)
            Assert.Contains("failed", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draw_IsRightWithConstantsAndFixedParameters(string kind)
    {
        var plot = PlotKinds.Find(kind);
        var fixedSpace = new Space([new Parameter("only", new FixedScale("relu"))]);
        Inspect(plot.Draw(Synthetic.Uniform(fixedSpace, 30, _ => 0.25)));
        var space = new Space([new Parameter("x", new LogScale(1e-8, 1)), new Parameter("n", new IntScale(1, 9))]);
        Inspect(plot.Draw(Synthetic.Uniform(space, 30, _ => 0)));
        Inspect(plot.Draw(Synthetic.Uniform(space, 30, _ => 0.4, maximize: true)));
        Inspect(plot.Draw(Synthetic.Uniform(space, 30, u => u[0] < 0.1 ? 1e300 : -u[1])));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draw_TakesFortyCategoriesAndHostileNames(string kind)
    {
        var names = Enumerable.Range(0, 40)
            .Select(i => new ParameterValue($"<category \"{i.ToString(CultureInfo.InvariantCulture)}\"> & a rather long name 日本"));
        var space = new Space([new Parameter("<script>alert(1)</script>", new ChoiceScale([.. names])),
            new Parameter("x", new OneMinusLogScale(0.5, 0.9999))]);
        var snapshot = Synthetic.Uniform(space, 80, u => u[0] + u[1]) with { Name = "<script>alert(1)</script>" };
        Inspect(PlotKinds.Find(kind).Draw(snapshot));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Png_OfACampaignIsNeitherBlankNorClipped(string kind)
    {
        var picture = PlotKinds.Find(kind).Draw(Synthetic.Digits(60));
        using var bitmap = SKBitmap.Decode(PictureRenderer.Png(picture, scale: 0.5));
        Assert.Equal((picture.Width / 2, picture.Height / 2), (bitmap.Width, bitmap.Height));
        var inked = 0;
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
            {
                var dark = bitmap.GetPixel(x, y).Red < 200;
                inked += dark ? 1 : 0;
                Assert.False(dark && (x < 3 || y < 3 || x >= bitmap.Width - 3 || y >= bitmap.Height - 2),
                    $"{kind} draws over its border at ({x}, {y}).");
            }
        }

        Assert.InRange(inked, 300, bitmap.Width * bitmap.Height * 2 / 3);
    }

    [Fact]
    public void Png_IsTheSameEveryTime()
    {
        var plot = new HistoryPlot();
        Assert.Equal(PictureRenderer.Png(plot.Draw(Synthetic.Digits(20)), 0.5), PictureRenderer.Png(plot.Draw(Synthetic.Digits(20)), 0.5));
    }

    [Fact]
    public void Draw_HeadlineStatesTheFinding()
    {
        var picture = new HistoryPlot().Draw(Synthetic.Of(new Space([]),
            [Synthetic.Done(0, new Point([]), 0.5), Synthetic.Done(1, new Point([]), 0.017)], planned: 120));
        Assert.Equal("Best dev error 1.70 %, found by trial 1 of 120", picture.Title);
    }

    [Fact]
    public void Plane_DrawsEveryBoxOnItsOwnScales()
    {
        var space = new Space([new Parameter("a", new LogScale(1e-4, 1)), new Parameter("b", new UniformScale(0, 1))]);
        var box = Synthetic.Done(0, space.At([0.5, 0.5]),
            0.1) with
        { Origin = new Origin(OriginKind.Box) { Low = [0.25, 0.4], High = [0.75, 0.6] } };
        var rectangle = Assert.Single(new PlanePlot()
            .Draw(Synthetic.Of(space, [box])).Panels[0].Plot.GetPlottables<ScottPlot.Plottables.Rectangle>());
        Assert.Equal((0.25, 0.75, 0.4, 0.6), (rectangle.X1, rectangle.X2, rectangle.Y1, rectangle.Y2));
    }

    [Fact]
    public void Find_NamesTheKindsThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => PlotKinds.Find("histry"));
        Assert.Contains("Known: history, slices, plane, curves", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_PaintsBesideEachOtherWhatItPaintsAlone()
    {
        var (snapshot, folder) = (Synthetic.Digits(60), Directory.CreateTempSubdirectory("hypersearch-plots-").FullName);
        try
        {
            foreach (var file in PlotFiles.Save(snapshot, null, PictureFormat.Png, folder))
            {
                var picture = PlotKinds.Find(Path.GetFileNameWithoutExtension(file)).Draw(snapshot);
                Assert.Equal(PictureRenderer.Png(picture), File.ReadAllBytes(file));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Save_WritesOneFileAKindAndNothingForAnUnknownOne()
    {
        var folder = Path.Combine(Path.GetTempPath(), "hypersearch-plots-" + Guid.NewGuid().ToString("N"));
        try
        {
            Assert.Throws<ArgumentException>(() => PlotFiles.Save(Synthetic.Digits(5), ["history", "nothing"], PictureFormat.Svg, folder));
            Assert.False(Directory.Exists(folder));
            var files = PlotFiles.Save(Synthetic.Digits(5), ["history", "plane:momentum:l2"], PictureFormat.Svg, folder);
            Assert.Equal(["history.svg", "plane-momentum-l2.svg"], files.Select(Path.GetFileName));
            Assert.All(files, file => Assert.NotNull(XDocument.Load(file).Root));
            Assert.DoesNotContain("rungs.svg", PlotFiles.Save(Synthetic.Digits(5), null, PictureFormat.Svg, folder)
                .Select(Path.GetFileName)); // without rungs it has nothing to show
            Assert.Equal(["history.svg"], PlotFiles.Save(Synthetic.Of(Synthetic.DigitsSpace, []), null, PictureFormat.Svg, folder)
                .Select(Path.GetFileName));
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static readonly Comparer<Type> ByName = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    /// <summary>It has a title, panels or a message, and draws as well-formed XML in which no name became markup.</summary>
    private static void Inspect(Picture picture)
    {
        Assert.NotEmpty(picture.Title);
        Assert.True(!picture.Panels.IsEmpty || picture.Message is not null);
        Assert.Equal(picture.Panels.IsEmpty, picture.Table is null);
        if (picture.Table is { } table)
        {
            Assert.NotEmpty(table.Rows);
            Assert.All(table.Rows, row => Assert.Equal(table.Columns.Length, row.Length));
            Assert.DoesNotContain("NaN", string.Concat(table.Rows.SelectMany(row => row)), StringComparison.Ordinal);
        }

        var svg = XDocument.Parse(PictureRenderer.Svg(picture, standalone: false));
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "category");
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }
}
