using HyperSearch.Numerics;

namespace HyperSearch.Planning;

/// <summary>The seed of a trial: the same for all its jobs, wherever and however often they run.</summary>
internal static class TrialSeed
{
    /// <summary>The seed.</summary>
    /// <param name="campaignSeed">The campaign's.</param>
    /// <param name="trial">The trial's number.</param>
    /// <param name="repeat">0 for the search's own jobs; a repeat has a seed of its own.</param>
    public static ulong Of(ulong campaignSeed, int trial, int repeat) =>
        RandomStream.For(campaignSeed, (ulong)trial, repeat == 0 ? "trial" : FormattableString.Invariant($"repeat {repeat}")).NextULong();
}
