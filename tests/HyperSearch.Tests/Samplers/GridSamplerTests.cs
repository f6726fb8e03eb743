using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Samplers;

public sealed class GridSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new GridSampler();

    [Theory]
    [InlineData(2, 16)]
    [InlineData(3, 81)]
    public void Propose_TriesAsManyPointsAsCountSays(int levels, long count)
    {
        var grid = new GridSampler { Levels = levels };
        Assert.Equal(count, grid.Count(Grounds.Cube(4)));
        var game = new Game(grid, Grounds.Cube(4), Grounds.Bowl, slots: 8).Play(1000);
        Assert.True(game.IsExhausted);
        Assert.Equal(count, game.Proposals.Count);
    }

    [Fact]
    public void Propose_ReachesBothEnds() =>
        Assert.Equal([0.0, 0.5, 1.0],
            new Game(new GridSampler { Levels = 3 }, Grounds.Cube(1), _ => 0)
                .Play(3).Proposals.Select(proposal => proposal.Position[0]).Order());

    [Fact]
    public void Count_SaysSoWhenItIsBeyondCounting() =>
        Assert.Equal(long.MaxValue, new GridSampler().Count(Grounds.Cube(40)));

    [Fact]
    public void Propose_ThinsOutLongDiscreteScales()
    {
        var space = new Space([new Parameter("units", new IntScale(1, 1000)),
            new Parameter("optimizer", new ChoiceScale("a", "b", "c", "d", "e", "f"))]);
        Assert.Equal(30, new GridSampler().Count(space));
        var game = new Game(new GridSampler(), space, _ => 0).Play(100);
        Assert.Equal(30, game.Proposals.Count);
        Assert.Equal([1, 1000],
            game.Proposals.Select(proposal => space.At(proposal.Position.AsSpan())["units"].Number).Order().Distinct() is var units
                ? new[] { units.First(), units.Last() }
                : []);
    }

    /// <summary>Half a grid has seen every level of every parameter.</summary>
    [Fact]
    public void Propose_SpreadsAPrefixOverTheSpace()
    {
        var half = new Game(new GridSampler { Levels = 4 }, Grounds.Cube(3), _ => 0).Play(32).Proposals;
        for (var d = 0; d < 3; d++)
            Assert.Equal(4, half.Select(proposal => proposal.Position[d]).Distinct().Count());
    }
}
