namespace HyperSearch.Benchmarks.Quality;

/// <summary>Plays many runs side by side, so that evaluations come in batches.</summary>
internal static class Tournament
{
    /// <summary>Plays every method on every problem with every seed, up to so many trials.</summary>
    public static IReadOnlyList<Run> ForTrials(
        IEnumerable<Method> methods, IReadOnlyList<Problem> problems, IReadOnlyList<ulong> seeds, int trials) =>
        Play([.. from method in methods from problem in problems from seed in seeds
            select new Run(method, problem, seed, trials, double.PositiveInfinity)]);

    /// <summary>The same up to the cost of so many full trainings, in whatever number of trials.</summary>
    public static IReadOnlyList<Run> ForCost(IEnumerable<Method> methods, IReadOnlyList<Problem> problems, IReadOnlyList<ulong> seeds,
        int trainings) => Play([.. from method in methods
        from problem in problems
        from seed in seeds
        let trials = trainings * problem.Epochs / method.Schedule.Initial(problem.Epochs).Rungs[0]
        select new Run(method, problem, seed, trials, trainings * problem.Epochs)]);

    /// <summary>Plays runs.</summary>
    public static List<Run> Play(List<Run> runs)
    {
        var playing = runs.Select(run => (Run: run, Steps: run.Play().GetEnumerator())).ToList();
        while (playing.Count > 0)
        {
            playing.RemoveAll(play => !play.Steps.MoveNext());
            foreach (var family in playing.SelectMany(play => play.Run.Wanted).GroupBy(request => request.Problem.Family))
                family.First().Problem.Evaluate([.. family]);
        }

        return runs;
    }
}
