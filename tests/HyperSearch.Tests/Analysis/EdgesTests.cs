using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

public sealed class EdgesTests
{
    private const int Seeds = 10;

    private static readonly Scale[] Scales =
        [new LogScale(1e-4, 1e-2), new OneMinusLogScale(0.9, 0.99), new LogIntScale(16, 64), new PowerOfTwoScale(32, 1024),
            new UniformScale(0, 10), new IntScale(1, 20)];

    [Theory]
    [InlineData("random", 0.9)]
    [InlineData("coarse_to_fine", 1)]
    public void Find_SeesAnOptimumAtEitherEnd(string sampler, double share)
    {
        foreach (var high in new[] { false, true })
            Assert.InRange(Scales.Sum(scale => Found(sampler, scale, high ? 1 : 0).Count(finding => finding.Parameter == "a"
                && finding.AtHigh == high)), share * Seeds * Scales.Length, Seeds * Scales.Length);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("coarse_to_fine")]
    public void Find_IsSilentAboutAnOptimumWithin(string sampler)
    {
        foreach (var optimum in new[] { 0.2, 0.5, 0.8 })
            Assert.Empty(Scales.SelectMany(scale => Found(sampler, scale, optimum)));
    }

    /// <summary>By the first metric alone the best trials lay at the low end of a, and fixing it there threw the rest of the front
    /// away.</summary>
    [Fact]
    public void Find_JudgesATradeOffByItsWholeFront()
    {
        var space = new Space([new Parameter("a", new UniformScale(0, 1)), new Parameter("b", new UniformScale(0, 1))]);
        var trials = Enumerable.Range(0, 60).Select(number =>
        {
            var (a, b) = (number % 10 / 9.0, number / 10 / 5.0); // all metrics want b low; a low is good for one, a high for the other
            return Synthetic.Done(number, space.At([a, b]), a + b) with
            {
                Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", a + b)
                    .Add("size", 1 - a + b),
            };
        });
        var campaign = Synthetic.Of(space, trials);
        Assert.Contains(Edges.Find(campaign), finding => finding is { Parameter: "a", AtHigh: false });
        var traded = campaign with { Search = campaign.Search with { Further = [new Goal("size")] } };
        Assert.Equal("b", Assert.Single(Edges.Find(traded)).Parameter);
        Assert.Empty(IdleRanges.Find(traded));
    }

    /// <summary>What is found in noisy campaigns of 80 trials whose optimum lies at that position of a, and within the ranges of b and
    /// c.</summary>
    private static List<EdgeFinding> Found(string sampler, Scale scale, double optimum)
    {
        var space = new Space([new Parameter("a", scale), new Parameter("b", new UniformScale(0, 1)),
            new Parameter("c", new UniformScale(0, 1))]);
        var findings = new List<EdgeFinding>();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var search = new AskAndTell(space,
                new SearchOptions { Sampler = Registered.Of<ISampler>()[sampler], Trials = 80, Seed = (ulong)seed });
            while (search.Ask() is { } job)
            {
                var u = space.PositionOf(job.Point);
                var noise = 0.02 * RandomStream.For(job.Seed, 0, "noise").NextNormal();
                search.Tell(job, Math.Abs(u[0] - optimum) + 0.5 * Math.Pow(u[1] - 0.4, 2) + 0.5 * Math.Pow(u[2] - 0.6, 2) + noise);
            }

            findings.AddRange(Edges.Find(Synthetic.Of(space, search.Ranking.OrderBy(trial => trial.Number))));
        }

        return findings;
    }
}
