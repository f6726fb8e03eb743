using HyperSearch.Spaces;

namespace HyperSearch.Samplers.Designs;

/// <summary>Uniform in the unit cube, so uniform on each parameter's own scale (<c>random</c>).</summary>
/// <remarks>
/// Bergstra and Bengio, <see href="https://jmlr.org/papers/v13/bergstra12a.html">Random Search for Hyper-Parameter Optimization</see>, JMLR
/// 13 (2012).
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Sampler = new RandomSampler() };
/// </code>
/// </example>
public sealed record RandomSampler : ISampler
{
    bool ISampler.TradesOff => true; // it learns from no value

    /// <inheritdoc/>
    /// <remarks>Only in a finite space can a point come twice.</remarks>
    public bool CanRepeat(Space space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return space.Count is not null;
    }

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new State();
    }

    private sealed record State : ISamplerState
    {
        public ISamplerState Observe(Observation observation) => this;

        public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request) =>
            (Proposal.Global(request.Explored.Draw(request.Random, request.Random.Fill).Position), this);
    }
}
