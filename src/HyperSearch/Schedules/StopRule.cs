using System.Collections.Immutable;

namespace HyperSearch.Schedules;

/// <summary>
/// A curve that a job must not fall behind; fixed when the job is planned, so that workers talk to nobody while they train.
/// </summary>
/// <param name="Limit">Limit[e − 1] is the worst best-so-far value (lower is better) allowed after e epochs; positive infinity where
/// anything goes.</param>
/// <param name="Reason">Why, for people: <c>behind the median of 12 trials</c>.</param>
public sealed record StopRule(ImmutableArray<double> Limit, string Reason)
{
    /// <summary>Whether a trial whose best value so far is <paramref name="best"/> ends after <paramref name="epoch"/> epochs.</summary>
    public bool Ends(int epoch, double best) => epoch >= 1 && epoch <= Limit.Length && best > Limit[epoch - 1];
}
