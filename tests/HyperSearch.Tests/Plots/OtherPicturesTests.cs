using System.Xml.Linq;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Tests.Analysis;

namespace HyperSearch.Tests.Plots;

public sealed class OtherPicturesTests
{
    [Fact]
    public void Confusion_StatesTheErrorAndTheMostFrequentMistake()
    {
        var picture = ConfusionPicture.Draw(new long[,] { { 50, 2, 0 }, { 5, 40, 0 }, { 0, 1, 2 } }, ["zero", "one", "<two>"], "test set");
        Assert.Equal("8 of 100 wrong (8.00 %); most frequent mistake: one read as zero (5 times)", picture.Title);
        XDocument.Parse(PictureRenderer.Svg(picture));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void Confusion_IsDrawnForAnyNumberOfClasses(int classes)
    {
        var counts = new long[classes, classes];
        for (var k = 0; k < classes; k++)
            (counts[k, k], counts[k, (k + 1) % classes]) = (30, 1);
        XDocument.Parse(PictureRenderer.Svg(ConfusionPicture.Draw(counts, [.. Enumerable.Range(0, classes)
            .Select(k => "class " + (char)('a' + k % 26) + k.ToString(System.Globalization.CultureInfo.InvariantCulture))], "dev set")));
        Assert.Throws<ArgumentException>(() => ConfusionPicture.Draw(counts, ["only", "two", "three"], ""));
    }

    [Fact]
    public void Comparison_NamesTheLeaderAndHowSureItIs()
    {
        CampaignSnapshot[] snapshots = [.. Enumerable.Range(0, 4)
            .SelectMany(seed => new[] { Named("fast", seed, 0.001), Named("slow", seed, 0.3) })];
        var comparison = CampaignComparison.Of(snapshots, snapshot => snapshot.Name[..4]);
        var picture = ComparisonPicture.Draw(comparison, "dev_error", maximize: false);
        Assert.StartsWith("fast is ahead of slow; rank test p = 0.0286", picture.Title, StringComparison.Ordinal);
        XDocument.Parse(PictureRenderer.Svg(picture));
        Assert.Empty(ComparisonPicture.Draw(CampaignComparison.Of([Synthetic.Of(Synthetic.DigitsSpace, [])], snapshot => snapshot.Name),
            "dev_error", maximize: false).Panels);

        static CampaignSnapshot Named(string name, int seed, double noise) =>
            Synthetic.Digits(40, (ulong)seed + 1, name + (char)('0' + seed), noise);
    }
}
