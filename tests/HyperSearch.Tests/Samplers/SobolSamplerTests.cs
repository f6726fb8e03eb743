using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Tests.Samplers;

public sealed class SobolSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new SobolSampler();

    [Fact]
    public void Propose_FillsEachIntervalOnce()
    {
        var game = new Game(Sampler, Grounds.Cube(5), _ => 0, slots: 8).Play(64);
        for (var d = 0; d < 5; d++)
            Assert.Equal(64, game.Proposals.Select(proposal => (int)(64 * proposal.Position[d])).Distinct().Count());
    }
}
