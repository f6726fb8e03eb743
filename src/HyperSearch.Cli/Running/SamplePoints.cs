using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Cli;

/// <summary>The first points that a campaign would try, before anything is known.</summary>
internal static class SamplePoints
{
    /// <summary>The enqueued points, then the sampler's, from the very streams that the campaign would use.</summary>
    /// <returns>The points, and whether the space has no more.</returns>
    public static (ImmutableArray<Point> Points, bool Exhausted) Of(Search search, int count)
    {
        var most = Math.Min(count, search.Trials);
        var points = search.First.Take(most).Select(first => first.Point).ToImmutableArray().ToBuilder();
        var state = search.Sampler.Initial(new SamplingProblem(search.Space, search.Seed, search.Trials)
        {
            Taken = [.. search.First.Select(first => search.Space.PositionOf(first.Point))],
        });
        while (points.Count < most)
        {
            (var proposal, state) = state.Propose(points.Count, RandomStream.For(search.Seed, (ulong)points.Count, "propose"));
            if (proposal is null)
                return (points.ToImmutable(), true);
            points.Add(search.Space.At(proposal.Position.AsSpan()));
        }

        return (points.ToImmutable(), false);
    }
}
