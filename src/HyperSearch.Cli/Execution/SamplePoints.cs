using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Cli.Execution;

/// <summary>The first points that a campaign would try, before anything is known.</summary>
internal static class SamplePoints
{
    /// <summary>The enqueued points, then the sampler's, from the very streams that the campaign would use.</summary>
    /// <returns>The points, and whether the space has no more.</returns>
    public static (ImmutableArray<Point> Points, bool Exhausted) Of(Search search, int count)
    {
        var most = Math.Min(count, search.Trials);
        var points = ImmutableArray.CreateBuilder<Point>();
        var state = SamplingState.Begin(search, search.Trials, search.Schedule.Initial(search.Objective.Epochs).Rungs);
        while (points.Count < most)
        {
            (var plan, state) = state.Propose(points.Count);
            if (plan is null)
                return (points.ToImmutable(), true);
            points.Add(plan.Point);
        }

        return (points.ToImmutable(), false);
    }
}
