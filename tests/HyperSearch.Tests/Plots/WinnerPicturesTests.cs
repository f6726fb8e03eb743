using System.Collections.Immutable;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using HyperSearch.Tests.Analysis;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using ScottPlot.Plottables;

namespace HyperSearch.Tests.Plots;

/// <summary>Pictures of the network that a campaign keeps.</summary>
public sealed class WinnerPicturesTests : IDisposable
{
    private static readonly DataSource Blobs = new()
    {
        Generate = new GeneratorOptions
        {
            Kind = "blobs",
            Rows = 300,
            Classes = 3,
            Seed = 3
        }
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("hypersearch-winner-").FullName;

    [Fact]
    public void Boundary_PaintsTheClassThatTheNetworkSays()
    {
        var snapshot = Trained(Blobs);
        var picture = new BoundaryPlot().Draw(snapshot);
        Assert.Matches("^Trial 0 takes [0-9]+ of 60 test rows for another class$", picture.Title);
        var plot = Assert.Single(picture.Panels).Plot;
        Assert.True(Assert.Single(plot.GetPlottables<CellSurface>()).Cells.Cast<ScottPlot.Color?>().Distinct().Count() >= 3);
        Assert.Equal(60, plot.GetPlottables<Markers>().Sum(markers => markers.Data.GetScatterPoints().Count));
        Assert.EndsWith("of these test rows lie on the side of their own class.", picture.Caption, StringComparison.Ordinal);
        Assert.NotEmpty(PictureRenderer.Svg(picture));
    }

    [Fact]
    public void Boundary_WithoutItsDataIsDrawnWithoutRows()
    {
        var snapshot = Trained(Blobs);
        var moved = snapshot with
        {
            Search =
            snapshot.Search with
            {
                Objective =
                new TrainingDefinition(new DataSource { Path = Path.Combine(_folder, "gone.csv"), Label = "y" }) { Epochs = 5 }
            }
        };
        var picture = new BoundaryPlot().Draw(moved);
        Assert.Equal("Where trial 0 draws the line", picture.Title);
        Assert.Contains("its data are not where they were", picture.Subtitle, StringComparison.Ordinal);
    }

    [Fact]
    public void Boundary_NeedsTwoFeatures() =>
        Assert.Equal("A decision boundary can be drawn for classes of rows with two features.", new BoundaryPlot()
            .Draw(Trained(new DataSource { Generate = new GeneratorOptions { Kind = "digits", Rows = 200 } })).Message);

    [Fact]
    public void Confusion_CountsTheTestSet()
    {
        var picture = new ConfusionPlot().Draw(Trained(Blobs));
        Assert.Matches(@"^[0-9]+ of 60 wrong \(", picture.Title);
        Assert.Equal(9, Assert.Single(picture.Panels).Plot.GetPlottables<Rectangle>().Count());
    }

    [Fact]
    public void Winner_ThatIsDamagedOrMissingIsSaid()
    {
        var snapshot = Trained(Blobs);
        File.WriteAllText(Path.Combine(_folder, "model.bin"), "no model");
        foreach (var plot in new IPlot[] { new ConfusionPlot(), new BoundaryPlot() })
            Assert.StartsWith("This needs the winner's network", plot.Draw(snapshot).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private CampaignSnapshot Trained(DataSource source)
    {
        using var data = DatasetLoader.Load(source, 1);
        using var trainer = new Trainer(data, new TrainerOptions { Epochs = 5 }, 1);
        for (var epoch = 0; epoch < 5; epoch++)
            trainer.TrainEpoch(CancellationToken.None);
        trainer.ToModel(data.Test).Save(Path.Combine(_folder, "model.bin"));
        var snapshot = Synthetic.Of(new Space([]), [Synthetic.Done(0, new Point([]), 0.1)]);
        return snapshot with
        {
            Folder = _folder,
            Search = snapshot.Search with { Objective = new TrainingDefinition(source) { Epochs = 5 } },
            Verdict = new Verdict(0, ImmutableSortedDictionary<string, double>.Empty.Add("test_error", 0.1), data.Test.Rows),
        };
    }
}
