using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Designs;

/// <summary>Evenly spread points that leave no large gap: a Sobol sequence with Owen's scrambling (<c>sobol</c>).</summary>
/// <remarks>
/// Direction numbers of Joe and Kuo for the first 53 dimensions; dimensions beyond those are uniform. Random search with less luck: any
/// prefix covers the space.
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new SobolSampler() };
/// </code>
/// </example>
public sealed record SobolSampler : ISampler
{
    bool ISampler.TradesOff => true; // it learns from no value

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new State(new SobolSequence(problem.Space.Dimensions, problem.Seed), 0);
    }

    private sealed record State(SobolSequence Sobol, uint Index) : ISamplerState
    {
        public ISamplerState Observe(Observation observation) => this;

        public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
        {
            var (proposal, next) = Sobol.Propose(Index, request);
            return (proposal, this with { Index = next });
        }
    }
}

/// <summary>Sobol points as proposals: a sampler of their own, and the opening of samplers that learn.</summary>
internal static class SobolProposals
{
    /// <summary>
    /// The first new point from a place in the sequence on, and the place after it; <c>null</c> when every point is explored.
    /// </summary>
    public static (Proposal? Proposal, uint Next) Propose(this SobolSequence sobol, uint index, ProposalRequest request)
    {
        var (position, _) = request.Explored.Draw(request.Random, candidate => sobol.At(index++, candidate));
        return (Proposal.Global(position), index);
    }
}
