using HyperSearch.Numerics;

namespace HyperSearch.Samplers;

/// <summary>Uniform in the unit cube, so uniform on each parameter's own scale (<c>random</c>).</summary>
/// <remarks>Bergstra and Bengio, <see href="https://jmlr.org/papers/v13/bergstra12a.html">Random Search for Hyper-Parameter Optimization</see>, JMLR 13 (2012).</remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new RandomSampler() };
/// </code>
/// </example>
public sealed record RandomSampler : ISampler
{
    bool ISampler.TradesOff => true; // it learns from no value

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new State(Explored.Before(problem));
    }

    private sealed record State(Explored Explored) : ISamplerState
    {
        /// <summary>Only in a finite space can a point come twice; elsewhere nothing need be remembered.</summary>
        private bool Remembers => Explored.Space.Count is not null;

        public ISamplerState Observe(Observation observation) =>
            Remembers ? new State(Explored.With(observation.Position.AsSpan())) : this;

        public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random)
        {
            var (position, _) = Explored.Draw(random, random.FillUniform);
            if (position.IsDefault)
                return (null, this);
            return (new Proposal(position, new Origin(OriginKind.Global)), Remembers ? new State(Explored.With(position.AsSpan())) : this);
        }
    }
}
