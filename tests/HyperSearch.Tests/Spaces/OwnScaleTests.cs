using System.Xml.Linq;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Searches;
using HyperSearch.Plots;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Analysis;

namespace HyperSearch.Tests.Spaces;

/// <summary>The recipe 'a scale', followed with a scale that the library has never heard of.</summary>
public sealed class OwnScaleTests
{
    private static readonly Space Space = new([new Parameter("patch", new SquaresScale(1, 30)),
        new Parameter("x", new UniformScale(0, 1))]);

    [Theory]
    [InlineData("random")]
    [InlineData("coarse_to_fine")]
    [InlineData("tpe")]
    public void EverySampler_DrawsFromIt(string sampler)
    {
        var search = Searched(sampler);
        Assert.All(search.Ranking, trial => Assert.True(Space.Parameters[0].Scale.Contains(trial.Point["patch"])));
        Assert.True(search.Ranking.Select(trial => trial.Point["patch"]).Distinct().Count() > 5);
    }

    [Fact]
    public void Edges_WidenItAndSayThatNoSearchFileCan()
    {
        var finding = Assert.Single(Edges.Find(Synthetic.Uniform(Space, 300, u => 1 - u[0] + 0.1 * Math.Abs(u[1] - 0.5))));
        Assert.Equal(("patch", "squares [1, 1225]", null), (finding.Parameter, finding.Wider, finding.Line));
    }

    [Fact]
    public void Plots_DrawItWithItsOwnTicks()
    {
        var svg = PictureRenderer.Svg(PlotKinds.Find("slices").Draw(Synthetic.Uniform(Space, 60, u => u[0] + u[1])), standalone: false);
        Assert.Contains("square-root scale", svg, StringComparison.Ordinal);
        Assert.Contains(XDocument.Parse(svg).Descendants(), element => element.Value.Trim().EndsWith('²'));
    }

    [Fact]
    public void SearchText_NamesItAsNotExpressible()
    {
        Assert.Null(SpaceText.Line(Space.Parameters[0]));
        var refusal = Assert.Throws<NotSupportedException>(() => SearchText.Of(Synthetic.Of(Space, []).Search, "program"));
        Assert.Equal("A search file has no scale SquaresScale.", refusal.Message);
    }

    private static AskAndTell Searched(string sampler)
    {
        var search = new AskAndTell(Space, new SearchOptions { Sampler = Registered.Of<ISampler>()[sampler], Trials = 40 });
        while (search.Ask() is { } job)
            search.Tell(job, Math.Abs(job.Point["patch"].Number - 100) + job.Point["x"].Number);
        return search;
    }
}
