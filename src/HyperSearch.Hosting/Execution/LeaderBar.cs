using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>The best trials that ended so far, by which a job knows whether its own may be a leader.</summary>
/// <remarks>
/// A trial that is among the best at the end was among the best of any part of the trials. So the leaders are always admitted, in whatever
/// order the trials end, in how many sessions and on how many machines; of the others a few are admitted too, about
/// <c>places·ln(trials)</c>
/// where trials do not get better with time: of 100,000 of <c>coarse_to_fine</c> on 240 dev rows 262, whose rows were 0.02 % of the
/// journal as marks and 0.17 % as losses. Thread-safe.
/// </remarks>
/// <param name="search">What is better.</param>
/// <param name="places">How many are leaders.</param>
internal sealed class LeaderBar(Search search, int places)
{
    private readonly Lock _access = new();
    private readonly SortedSet<(double Cost, TieBreak Tie, int Trial)> _best = [];

    /// <summary>Whether a trial that has just ended is among the best so far; it is counted.</summary>
    public bool Admits(int trial, IReadOnlyDictionary<string, double> metrics)
    {
        if (!metrics.TryGetValue(search.Metric, out var value))
            return false;
        var entry = (RankPlace.CostOf(value, search.Maximize), TieBreak.Of(metrics), trial);
        lock (_access)
        {
            _best.Add(entry);
            if (_best.Count > places)
                _best.Remove(_best.Max);
            return _best.Contains(entry);
        }
    }
}
