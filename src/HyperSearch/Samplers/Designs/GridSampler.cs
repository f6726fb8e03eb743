using System.Numerics;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.Designs;

/// <summary>
/// Every combination of a few values of each parameter (<c>grid</c>), in an order that spreads any prefix over the space.
/// </summary>
/// <remarks>
/// A choice gives all its values, and so does a discrete parameter with no more of them than <see cref="Levels"/>, or than 256 where that
/// is not given. Any other parameter gives <see cref="Levels"/> values, evenly spaced on its scale, ends included. The grid ends when every
/// combination was tried. Random search wastes less: a grid of n trials shows each of k parameters in only n^(1/k) values (Bergstra and
/// Bengio, JMLR 13, 2012).
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new GridSampler { Levels = 4 } };
/// </code>
/// </example>
public sealed record GridSampler : ISampler
{
    private const int UsualLevels = 5, LongestWhole = 256;
    private readonly int _levels;

    /// <summary>
    /// How many values a parameter gives at most, choices apart; 0, the default, for 5 of a continuous one and every value of a discrete
    /// one with up to 256.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or 1.</exception>
    public int Levels { get => _levels; init => _levels = value == 0 ? 0 : Require.AtLeast(value, 2, "levels"); }

    /// <summary>
    /// How many points the grid has, before conditions and constraints take some out; <see cref="long.MaxValue"/> when there are more.
    /// </summary>
    public long Count(Space space)
    {
        ArgumentNullException.ThrowIfNull(space);
        var count = space.Searched.Aggregate(BigInteger.One, (product, parameter) => product * LevelsOf(parameter));
        return count > long.MaxValue ? long.MaxValue : (long)count;
    }

    bool ISampler.TradesOff => true; // it learns from no value

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var count = Count(problem.Space);
        // A stride near the golden ratio, with no factor in common, visits every point once and any few points far apart.
        var stride = Math.Max(1, (long)(count * 0.6180339887498949));
        while (BigInteger.GreatestCommonDivisor(stride, count) != 1)
            stride++;
        return new State(this, count, stride, 0);
    }

    private long LevelsOf(Parameter parameter) => parameter.Scale switch
    {
        { IsCategorical: true, Count: { } values } => values,
        { Count: { } values } when values <= (Levels > 0 ? Levels : LongestWhole) => values,
        _ => Levels > 0 ? Levels : UsualLevels,
    };

    /// <summary>Whether the grid has every point of a space.</summary>
    internal bool IsWhole(Space space) => space.Searched.All(parameter => parameter.Scale.Count == LevelsOf(parameter));

    private sealed record State(GridSampler Options, long Count, long Stride, long Next) : ISamplerState
    {
        public ISamplerState Observe(Observation observation) => this;

        public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
        {
            var candidate = new double[request.Space.Dimensions];
            for (var next = Next; next < Count; next++)
            {
                Fill(candidate, request.Space, (long)((Int128)next * Stride % Count));
                if (request.Explored.Accept(candidate) is { IsDefault: false } position)
                    return (Proposal.Global(position), this with { Next = next + 1 });
            }

            return (null, this with { Next = Count });
        }

        private void Fill(Span<double> candidate, Space space, long point)
        {
            for (var d = 0; d < candidate.Length; d++)
            {
                var scale = space.Searched[d].Scale;
                var levels = Options.LevelsOf(space.Searched[d]);
                var level = point % levels;
                point /= levels;
                candidate[d] = scale.Count == levels ? (level + 0.5) / levels : level / (levels - 1.0);
            }
        }
    }
}
