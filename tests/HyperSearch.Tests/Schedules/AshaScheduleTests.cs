using CsCheck;
using HyperSearch.Numerics;
using HyperSearch.Schedules;

namespace HyperSearch.Tests.Schedules;

public sealed class AshaScheduleTests : ScheduleContract
{
    protected override ISchedule Schedule => new AshaSchedule();

    [Theory]
    [InlineData(52, 3, 4, new[] { 3, 13, 52 })]
    [InlineData(52, 0, 4, new[] { 3, 13, 52 })]
    [InlineData(81, 1, 3, new[] { 1, 3, 9, 27, 81 })]
    [InlineData(30, 0, 4, new[] { 2, 8, 30 })]
    [InlineData(10, 6, 4, new[] { 10 })]
    [InlineData(2, 0, 4, new[] { 2 })]
    public void Rungs_AreTheFullBudgetDividedByTheFactor(int epochs, int minEpochs, double factor, int[] expected) =>
        Assert.Equal(expected, new AshaSchedule { MinEpochs = minEpochs, Factor = factor }.Initial(epochs).Rungs);

    [Fact]
    public void MinEpochs_IsAtMostTheFullBudget() =>
        Assert.Contains("here 10 epochs",
            Assert.Throws<ArgumentOutOfRangeException>(() => new AshaSchedule { MinEpochs = 11 }.Initial(10)).Message,
            StringComparison.Ordinal);

    /// <summary>Every decision of random games against the rule written down as it reads, from the whole history.</summary>
    [Fact]
    public void Next_FollowsThePromotionRule() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 9], Gen.Int[1, 120], Gen.OneOf(Gen.Const(2.0), Gen.Const(3.0), Gen.Const(4.0)))
            .Sample((seed, slots, trials, factor) =>
            {
                double? Value(int trial, int epoch) => RandomStream.For(seed, (ulong)trial, 1) is var random && random.NextInt(10) == 0
                    ? null
                    : Math.Round(random.NextDouble() + 1.0 / epoch, 2);
                var game = new ScheduleGame(new AshaSchedule { Factor = factor, MinEpochs = 1 }, 27, trials, slots, Value, seed).Play();
                var rungs = game.State.Rungs.ToList();
                for (var i = 0; i < game.Jobs.Count; i++)
                {
                    var expected = Expected(game, i, rungs, trials, factor);
                    if (expected != (game.Jobs[i].Trial, game.Jobs[i].To))
                        throw new InvalidOperationException($"Job {i} is {game.Jobs[i]}, the rule wants {expected}.");
                }
            }, iter: 60);

    [Fact]
    public void Stopping_LetsATrialGoOnAtOnceOrNever()
    {
        var game = new ScheduleGame(new AshaSchedule { Stopping = true }, 52, 60, 1, ScheduleGame.Curve).Play();
        Assert.Equal(60, game.Jobs.Count(job => job.Decision is ScheduleDecision.Start));
        Assert.Contains(game.Jobs, job => job.To == 52);
        foreach (var (before, after) in game.Jobs.Zip(game.Jobs.Skip(1)))
        {
            var rung = game.Results.Take(after.Seen).Where(result => result.Epochs == before.To).ToList();
            var result = rung[^1];
            var better = rung.Count(other => other.Value < result.Value || other.Value == result.Value && other.Trial < result.Trial);
            var goesOn = result.Value is not null && before.To < 52 && better < Math.Max(1, rung.Count / 4);
            Assert.Equal(goesOn ? before.Trial : before.Trial + 1,
                goesOn
                    ? after.Trial
                    : game.Jobs.Where(job => job.Decision is ScheduleDecision.Start).First(job => job.Seen >= after.Seen).Trial);
        }
    }

    [Fact]
    public void Next_CostsTheSameLateAsEarly()
    {
        var state = new AshaSchedule().Initial(52);
        var trial = 0;
        long Allocated(int jobs)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < jobs; i++)
            {
                var (decision, next) = state.Next(trial, true);
                var (number, to) = decision is ScheduleDecision.Continue more ? (more.Trial, more.ToEpochs) : (trial++, 3);
                state = next.Observe(new JobResult(number, to, RandomStream.For(1, (ulong)number, 0).NextDouble(), [], false));
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(100);
        var early = Allocated(200);
        Allocated(5_000);
        Assert.InRange(Allocated(200), 0, 3 * early);
    }

    private static (int Trial, int To) Expected(ScheduleGame game, int job, List<int> rungs, int trials, double factor)
    {
        var seen = game.Results.Take(game.Jobs[job].Seen).ToList();
        var earlier = game.Jobs.Take(job).ToList();
        var started = earlier.Count(other => other.Decision is ScheduleDecision.Start);
        for (var rung = rungs.Count - 2; rung >= 0; rung--)
        {
            var results = seen.Where(result => result.Epochs == rungs[rung]).ToList();
            var promoted = earlier.Where(other => other.From == rungs[rung]).Select(other => other.Trial).ToHashSet();
            if (promoted.Count >= Math.Floor(results.Count / factor) || rung == 0 && started < trials && results.Count < factor * factor)
                continue;
            if (Best(results, promoted) is { } best)
                return (best, rungs[rung + 1]);
        }

        if (started < trials)
            return (started, rungs[0]);
        for (var rung = rungs.Count - 2; rung >= 0; rung--)
        {
            if (Best([.. seen.Where(result => result.Epochs == rungs[rung])],
                [.. earlier.Where(other => other.From == rungs[rung]).Select(other => other.Trial)]) is { } last)
                return (last, rungs[rung + 1]);
        }

        return (-1, -1);
    }

    private static int? Best(List<JobResult> results, HashSet<int> promoted) =>
        results.Where(result => result.Value is not null && !promoted.Contains(result.Trial)).OrderBy(result => result.Value)
            .ThenBy(result => result.Trial).FirstOrDefault()?.Trial;
}
