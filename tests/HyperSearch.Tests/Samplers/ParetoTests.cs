using System.Collections.Immutable;
using CsCheck;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Spaces;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Samplers;

public sealed class ParetoTests
{
    private static readonly Search Traded =
        PlannerRun.Search(new CoarseToFineSampler()) with { Further = [new Goal("cost"), new Goal("gain", Maximize: true)] };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Fronts_AreThoseOfPeelingAwayWhatNobodyBeats(int costs) =>
        Gen.Int[0, 6].Select(value => (double)value).Array[costs].Array[0, 40].Sample(
            points =>
            {
                ImmutableArray<ImmutableArray<double>> all = [.. points.Select(point => point.ToImmutableArray())];
                Assert.Equal(Peeled(all), Pareto.Fronts(all));
            },
            iter: 300);

    [Fact]
    public void Crowding_IsTheDistanceOfTheNeighboursAndInfiniteAtTheEnds()
    {
        ImmutableArray<ImmutableArray<double>> front = [[0, 10], [1, 6], [4, 5], [10, 0]];
        Assert.Equal([double.PositiveInfinity, 0.4 + 0.5, 0.9 + 0.6, double.PositiveInfinity], Pareto.Crowding(front),
            (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Rank_PutsTheFrontFirstByTheFirstMetric()
    {
        Trial[] trials = [Done(0, 0.3, 1), Done(1, 0.1, 9), Done(2, 0.2, 9.5), Done(3, 0.2, 4), Done(4, 0.1, 8)];
        var ranked = Ranking.Rank(trials, PlannerRun.Search() with { Metric = "loss", Further = [new Goal("cost")] });
        Assert.Equal([4, 3, 0, 1, 2], ranked.Select(entry => entry.Trial.Number));
        Assert.Equal([1, 1, 1, 2, 3], ranked.Select(entry => entry.Front!.Value));
    }

    [Theory]
    [InlineData(typeof(CoarseToFineSampler), 60, 20)]
    [InlineData(typeof(TpeSampler), 60, 20)]
    [InlineData(typeof(GpSampler), 24, 5)]
    public void Outcomes_OfATradeOffDoNotDependOnTheOrderOfArrivalOrOnKills(Type sampler, int trials, int iterations)
    {
        var search = Traded with { Sampler = (ISampler)Activator.CreateInstance(sampler)!, Trials = trials };
        var straight = Play(search, 0, []);
        Gen.ULong.Sample(
            seed =>
            {
                var random = RandomStream.For(seed, 0, "kill");
                Assert.Equal(straight.Select(Fact), Play(search, seed, [.. straight.Where(_ => random.NextDouble() < 0.5)]).Select(Fact));
            },
            iter: iterations);
    }

    [Theory]
    [InlineData(typeof(CoarseToFineSampler), typeof(RandomSampler), 24)]
    [InlineData(typeof(TpeSampler), typeof(RandomSampler), 24)]
    [InlineData(typeof(GpSampler), typeof(CoarseToFineSampler), 4)]
    public void Sampler_CoversMoreThanAnother(Type better, Type worse, int seeds)
    {
        var gains = Enumerable.Range(1, seeds).Select(seed => Covered(Made(better), (ulong)seed) - Covered(Made(worse), (ulong)seed))
            .ToArray();
        var mean = gains.Average();
        var error = Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / (seeds - 1) / seeds);
        Assert.True(mean > 3 * error, $"hypervolume {mean:g3} more than the other's, standard error {error:g2}");

        static ISampler Made(Type sampler) => (ISampler)Activator.CreateInstance(sampler)!;
    }

    [Fact]
    public void Problems_RefuseASamplerThatLearnsFromOneMetric() =>
        Assert.Contains("searches by one metric",
            Assert.Single(TradeOff.Problems(Traded with { Sampler = new CmaEsSampler() }, "it")), StringComparison.Ordinal);

    [Fact]
    public void Gp_RefusesMoreMetricsThanItsVolumeIsExactFor()
    {
        var four = Traded with { Sampler = new GpSampler(), Further = [new Goal("a"), new Goal("b"), new Goal("c")] };
        var refusal = Assert.Throws<ArgumentException>(() => SearchChecks.ThrowIfWrong(four, workers: 1));
        Assert.Contains("gp searches the front of up to 3 metrics, not of 4. Take coarse_to_fine or tpe.", refusal.Message,
            StringComparison.Ordinal);
    }

    /// <summary>Trials without a value, categories, conditions and three metrics.</summary>
    [Theory]
    [InlineData(typeof(GpSampler), 40)]
    [InlineData(typeof(TpeSampler), 150)]
    public void Sampler_GoesOnWithTrialsThatFailAndConditions(Type sampler, int trials)
    {
        var search = new AskAndTell(Grounds.Mixed, new SearchOptions
        {
            Sampler = (ISampler)Activator.CreateInstance(sampler)!,
            Trials = trials,
            Metric = "a",
            Further = [new Goal("b"), new Goal("c")],
        });
        var modelled = 0;
        while (search.Ask() is { } job)
        {
            modelled += job.Origin.Kind == OriginKind.Model ? 1 : 0;
            if (job.Trial % 7 == 3)
            {
                search.Tell(job, null);
                continue;
            }

            var rate = Math.Log10(job.Point["rate"].Number);
            search.Tell(job, new Dictionary<string, double> { ["a"] = rate, ["b"] = rate * rate, ["c"] = job.Point["units"].Number });
        }

        Assert.True(modelled > trials / 2, $"{modelled} of {trials} trials are a model's");
    }

    /// <summary>
    /// The share of the unit square of costs that a search of 80 trials covers, on the convex front (x₀, (1 − √(x₀/g))·g) of ZDT1.
    /// </summary>
    private static double Covered(ISampler sampler, ulong seed)
    {
        var search = new AskAndTell(Grounds.Cube(4),
            new SearchOptions { Sampler = sampler, Trials = 80, Seed = seed, Metric = "first", Further = [new Goal("second")] });
        while (search.Ask() is { } job)
        {
            double[] x = [.. job.Point.Values.Select(value => value.Number)];
            var g = 1 + 9 * x.Skip(1).Average();
            search.Tell(job, new Dictionary<string, double> { ["first"] = x[0], ["second"] = g * (1 - Math.Sqrt(x[0] / g)) / 10 });
        }

        double covered = 0, height = 1;
        foreach (var trial in search.Ranking.OrderBy(trial => trial.Value))
        {
            if (trial.Metrics["second"] < height)
                (covered, height) = (covered + (1 - trial.Value!.Value) * (height - trial.Metrics["second"]), trial.Metrics["second"]);
        }

        return covered;
    }

    private static List<Outcome> Play(Search search, ulong order, List<Outcome> earlier)
    {
        var random = RandomStream.For(order, 1, "arrivals");
        return PlannerRun.Outcomes(search, random.NextInt, point => 1 + (9 * point["x"].Number), earlier: earlier,
            complete: (job, outcome) =>
            {
                var (x, y) = (job.Point["x"].Number, Math.Log10(job.Point["y"].Number));
                return outcome with
                {
                    Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("loss", outcome.Value!.Value)
                    .Add("cost", x + y).Add("gain", x * y)
                };
            });
    }

    private static (int Job, int Trial, Point Point, Origin Origin, double? Value) Fact(Outcome outcome) =>
        (outcome.Job, outcome.Trial, outcome.Point, outcome.Origin, outcome.Value);

    private static int[] Peeled(ImmutableArray<ImmutableArray<double>> points)
    {
        var fronts = new int[points.Length];
        for (var front = 1; fronts.Contains(0); front++)
        {
            var left = Enumerable.Range(0, points.Length).Where(index => fronts[index] == 0).ToArray();
            foreach (var index in left.Where(index => !left.Any(other => Pareto.Beats(points[other], points[index]))).ToArray())
                fronts[index] = front;
        }

        return fronts;
    }

    private static Trial Done(int number, double loss, double cost) => new()
    {
        Number = number,
        Point = new([]),
        Origin = new Origin(OriginKind.Global),
        State = OutcomeState.Completed,
        Value = loss,
        Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("loss", loss).Add("cost", cost),
    };
}
