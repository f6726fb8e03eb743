using HyperSearch.Numerics;

namespace HyperSearch.Samplers;

/// <summary>Evenly spread points that leave no large gap: a Sobol sequence with Owen's scrambling (<c>sobol</c>).</summary>
/// <remarks>Direction numbers of Joe and Kuo for the first 53 dimensions; dimensions beyond those are uniform. Random search with less luck: any prefix covers the space.</remarks>
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
        return new State(new SobolSequence(problem.Space.Dimensions, problem.Seed), Explored.Before(problem), 0);
    }

    private sealed record State(SobolSequence Sobol, Explored Explored, uint Index) : ISamplerState
    {
        public ISamplerState Observe(Observation observation) => this with { Explored = Explored.With(observation.Position.AsSpan()) };

        public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random)
        {
            var index = Index;
            var (position, _) = Explored.Draw(random, candidate => Sobol.At(index++, candidate));
            return position.IsDefault ? (null, this)
                : (new Proposal(position, new Origin(OriginKind.Global)), this with { Explored = Explored.With(position.AsSpan()), Index = index });
        }
    }
}
