using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Tests.Spaces;

namespace HyperSearch.Tests.Samplers;

public sealed class RandomSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new RandomSampler();

    [Fact]
    public void Propose_IsUniform()
    {
        var game = new Game(Sampler, Grounds.Cube(3), _ => 0).Play(10_000);
        for (var d = 0; d < 3; d++)
        {
            var trial = 0;
            Assert.True(Uniformity.Passes(20, 10_000, () => (int)(20 * game.Proposals[trial++].Position[d])));
        }
    }

    /// <summary>
    /// A fresh seeded generator a trial can walk a lattice: each draw is uniform, but the step from one trial to the next is constant.
    /// </summary>
    [Fact]
    public void Propose_StepsFromTrialToTrialAreUniformToo()
    {
        var game = new Game(Sampler, Grounds.Cube(3), _ => 0).Play(10_001);
        for (var d = 0; d < 3; d++)
        {
            for (var apart = 1; apart <= 2; apart++)
            {
                var trial = 0;
                Assert.True(Uniformity.Passes(20, 10_000 - apart, () =>
                {
                    var step = game.Proposals[trial + apart].Position[d] - game.Proposals[trial].Position[d];
                    trial++;
                    return Math.Min(19, (int)(20 * (step - Math.Floor(step))));
                }));
            }
        }
    }

    [Fact]
    public void Propose_CostsTheSameLateAsEarly() => FlatCost.Holds(Sampler);
}
