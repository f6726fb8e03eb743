using System.Globalization;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Training.Tests.Data;

public sealed class GeneratedDataTests
{
    [Theory]
    [InlineData("spirals", 2, 3)]
    [InlineData("moons", 2, 2)]
    [InlineData("blobs", 2, 3)]
    [InlineData("circles", 2, 2)]
    [InlineData("digits", 784, 10)]
    public void Load_MakesBalancedClasses(string kind, int inputs, int classes)
    {
        using var data = Load(new GeneratorOptions { Kind = kind, Rows = 300 });
        Assert.Equal((inputs, classes), (data.Inputs, data.Classes.Count));
        Assert.All(data.Train.Labels.ToArray().CountBy(static label => label),
            pair => Assert.InRange(pair.Value, (180.0 / classes) - 1, (180.0 / classes) + 1));
        Assert.Equal(kind == "digits" ? new ImageShape(28, 28) : null, data.Image);
    }

    [Fact]
    public void Load_WithoutNoiseDrawsTheFigureItself()
    {
        using var circles = Load(new GeneratorOptions { Kind = "circles", Rows = 100, Noise = 0 });
        Assert.All(Enumerable.Range(0, circles.Train.Rows), i =>
        {
            var point = circles.Train.Features.Row(i);
            Assert.Equal(circles.Train.Labels[i] == 0 ? 1 : 0.5, Math.Sqrt((point[0] * point[0]) + (point[1] * point[1])), 1e-6);
        });
    }

    [Fact]
    public void Load_NoiseHasTheDeviationAskedFor()
    {
        using var blobs = Load(new GeneratorOptions { Kind = "blobs", Rows = 9000, Classes = 2, Noise = 0.3 });
        var squares = Enumerable.Range(0, blobs.Train.Rows).Average(i =>
            Math.Pow(blobs.Train.Features.Row(i)[0] - (blobs.Train.Labels[i] == 0 ? 1 : -1), 2));
        Assert.Equal(0.3, Math.Sqrt(squares), 0.01);
    }

    [Fact]
    public void WriteCsv_BeginsWithTheSameRowsWhateverTheirNumber()
    {
        string few = Csv("digits", 40), many = Csv("digits", 50);
        Assert.StartsWith(few, many, StringComparison.Ordinal);
        Assert.NotEqual(few, Csv("digits", 40, seed: 2));
    }

    [Fact]
    public void Load_DrawsDigitsThatTellApart()
    {
        // The nearest class mean already finds most of them, so that the pictures carry their labels; but not all, so that there is
        // something to learn.
        using var data = Load(new GeneratorOptions { Kind = "digits", Rows = 2000 });
        var means = new float[10, 784];
        var train = data.Train;
        for (var i = 0; i < train.Rows; i++)
        {
            for (var j = 0; j < 784; j++)
                means[train.Labels[i], j] += train.Features.Row(i)[j] / (train.Rows / 10f);
        }
        var right = Enumerable.Range(0, data.Dev.Rows).Count(i =>
        {
            var picture = data.Dev.Features.Row(i).ToArray();
            return Enumerable.Range(0, 10)
                .MinBy(c => picture.Select((p, j) => (p - means[c, j]) * (p - means[c, j])).Sum()) == data.Dev.Labels[i];
        });
        Assert.InRange((double)right / data.Dev.Rows, 0.7, 0.995);
    }

    [Fact]
    public void WriteCsv_DrewTheKeptSpiral() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Files.Kept, "spiral.csv")), Csv("spirals", 600, noise: 0.03));

    [Fact]
    public void Load_RefusesWhatCannotBeDrawn()
    {
        Assert.Contains("Did you mean \"spirals\"?", Error(new GeneratorOptions { Kind = "spiral" }), StringComparison.Ordinal);
        Assert.Contains("5 rows cannot be generated; 9 (three for each class)", Error(new GeneratorOptions { Kind = "blobs", Rows = 5 }),
            StringComparison.Ordinal);
        Assert.Contains("always have 2 classes, not 3", Error(new GeneratorOptions { Kind = "moons", Classes = 3 }),
            StringComparison.Ordinal);
        Assert.Contains("always have 10 classes, not 3", Error(new GeneratorOptions { Kind = "digits", Classes = 3 }),
            StringComparison.Ordinal);
        Assert.Contains("cannot have 1 classes", Error(new GeneratorOptions { Kind = "blobs", Classes = 1 }), StringComparison.Ordinal);
        Assert.Contains("A noise of NaN", Error(new GeneratorOptions { Kind = "blobs", Noise = double.NaN }), StringComparison.Ordinal);
    }

    private static Dataset Load(GeneratorOptions options) =>
        DatasetLoader.Load(new DataSource { Generate = options, Normalize = "none" }, 1);

    private static string Error(GeneratorOptions options) => Assert.Throws<DataException>(() => Load(options)).Message;

    private static string Csv(string kind, int rows, ulong seed = 1, double? noise = null)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        GeneratedData.WriteCsv(new GeneratorOptions { Kind = kind, Rows = rows, Noise = noise }, seed, writer);
        return writer.ToString();
    }
}
