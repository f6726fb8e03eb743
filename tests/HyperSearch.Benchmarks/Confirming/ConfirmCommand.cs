using System.Globalization;
using HyperSearch.Benchmarks.Quality;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Benchmarks.Confirming;

/// <summary>
/// How often the winner of a noisy search is truly among its best three: the luckiest score against confirmed leaders, on the product's own
/// planner.
/// </summary>
/// <remarks>
/// <c>confirm [--seeds 100] [--first 1] [--trials 200] [--noise 0.3,0.5] [--top 5] [--repeats 3] [--at-most 45] [--sampler random]</c>.
/// Noise is normal, its deviation given as a multiple of the gap between the true best and the tenth best trial of 200 random ones (the
/// median over 50 campaigns): at 1 the ten best of a search are a tie to the eye.
/// </remarks>
internal static class ConfirmCommand
{
    private static readonly string[] Functions = ["sphere4", "branin", "hartmann6", "rosenbrock5", "corner5", "far3", "ackley5_log"];

    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        var (seeds, first, trials) = (options.Number("seeds", 100), options.Number("first", 1), options.Number("trials", 200));
        var confirm = new Confirm
        {
            Top = options.Number("top", 5),
            Repeats = options.Number("repeats", 3),
            AtMost = options.Number("at-most", 0) is > 0 and var most ? most : null
        };
        var sampler = Method.Parse(options.Get("sampler", "random"), "none", 1).Sampler;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Winner truly among the best three of {trials} trials, {seeds} campaigns from seed {first}; top {confirm.Top}, repeats " +
            $"{confirm.Repeats}, at most {confirm.Runs} runs"));
        Console.WriteLine("function       noise   sigma    luckiest   confirmed   mean runs");
        foreach (var function in Function.All.Where(function => Functions.Contains(function.Name)))
        {
            var gap = Gap(function, trials);
            foreach (var share in options.Get("noise", "0.3,0.5").Split(',')
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture)))
            {
                var rounds = Enumerable.Range(first, seeds)
                    .Select(seed => Play(function, sampler, share * gap, trials, confirm, (ulong)seed)).ToArray();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{function.Name,-14} {share,4:0.##}  {share * gap,8:g3}   " +
                    $"{rounds.Count(round => round.Lucky) * 100.0 / seeds,5:0} % " +
                    $"    {rounds.Count(round => round.Confirmed) * 100.0 / seeds,5:0} %     {rounds.Average(round => round.Runs),6:0.0}"));
            }
        }

        return 0;
    }

    /// <summary>One campaign: whether the luckiest score, and the confirmed winner, are truly among the best three.</summary>
    private static (bool Lucky, bool Confirmed, int Runs) Play(Problem problem, ISampler sampler, double noise, int trials,
        Confirm confirm, ulong seed)
    {
        var search = new AskAndTell(problem.Space,
            new SearchOptions { Sampler = sampler, Trials = trials, Seed = seed, Confirm = confirm });
        var truth = new Dictionary<int, double>();
        while (search.Ask() is { } job)
        {
            truth[job.Trial] = Truth(problem, job);
            search.Tell(job, truth[job.Trial] + noise * RandomStream.For(job.Seed, 0, "noise").NextNormal());
        }

        var best = truth.OrderBy(entry => entry.Value).Take(3).Select(entry => entry.Key).ToHashSet();
        var ranking = search.Ranking;
        return (best.Contains(ranking.MinBy(trial => trial.Value)!.Number), best.Contains(ranking[0].Number),
            ranking.Sum(trial => trial.Repeats.Length));
    }

    private static double Gap(Problem problem, int trials)
    {
        var gaps = Enumerable.Range(0, 50).Select(seed =>
        {
            var search = new AskAndTell(problem.Space,
                new SearchOptions { Sampler = new RandomSampler(), Trials = trials, Seed = 1_000_000 + (ulong)seed });
            while (search.Ask() is { } job)
                search.Tell(job, Truth(problem, job));
            var values = search.Ranking.Select(trial => trial.Value!.Value).ToArray();
            return values[9] - values[0];
        });
        return gaps.Order().ElementAt(25);
    }

    private static double Truth(Problem problem, Job job)
    {
        var request = new Request(problem, job.Point, 0, 1, false, job.Seed);
        problem.Evaluate([request]);
        return request.True;
    }
}
