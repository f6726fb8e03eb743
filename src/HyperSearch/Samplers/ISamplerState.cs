namespace HyperSearch.Samplers;

/// <summary>
/// The knowledge that a sampler has drawn from some outcomes. Immutable: each call gives a new state, and the same calls give the same
/// states.
/// </summary>
/// <remarks>
/// A decision costs the same at trial 100,000 as at trial 100: a state holds what its law needs, not the history.
/// The planner remembers which points were tried and which proposals are pending, and says so with each request.
/// </remarks>
public interface ISamplerState
{
    /// <summary>The state after one more outcome.</summary>
    /// <param name="observation">The outcome. It may belong to a trial that this state never proposed: enqueued, or proposed on another
    /// budget.</param>
    ISamplerState Observe(Observation observation);

    /// <summary>The next point to try, and the state after that proposal.</summary>
    /// <param name="request">The trial that wants a point, its random stream, and the points that were tried so far.</param>
    /// <returns>The proposal, or <c>null</c> when the space is exhausted.</returns>
    (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request);
}
