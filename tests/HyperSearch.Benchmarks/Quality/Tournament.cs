namespace HyperSearch.Benchmarks.Quality;

/// <summary>Plays many runs side by side, so that evaluations come in batches.</summary>
internal static class Tournament
{
    public static IReadOnlyList<Run> Play(IEnumerable<Method> methods, IReadOnlyList<Problem> problems, int seeds, int trials, double untilTime, TimeProvider time)
    {
        List<Run> runs = [.. from method in methods from problem in problems from seed in Enumerable.Range(1, seeds) select new Run(method, problem, (ulong)seed, trials, untilTime)];
        var playing = runs.Select(run => (Run: run, Steps: run.Play(time).GetEnumerator())).ToList();
        while (playing.Count > 0)
        {
            playing.RemoveAll(play => !play.Steps.MoveNext());
            foreach (var family in playing.SelectMany(play => play.Run.Wanted).GroupBy(request => request.Problem.Family))
                family.First().Problem.Evaluate([.. family]);
        }

        return runs;
    }
}
