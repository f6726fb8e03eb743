using HyperSearch.Numerics;

namespace HyperSearch.Samplers;

/// <summary>What a sampler knows after some outcomes. Immutable: each call gives a new state, and the same calls give the same states.</summary>
/// <remarks>A decision costs the same at trial 100,000 as at trial 100: a state holds what its law needs, not the history.</remarks>
public interface ISamplerState
{
    /// <summary>The state after one more outcome. Outcomes of proposals that this state never made (enqueued or earlier trials) are welcome.</summary>
    ISamplerState Observe(Observation observation);

    /// <summary>The state in which a proposal of its own is no longer pending, though it is not observed here: it has ended on another budget.</summary>
    ISamplerState Withdraw(int trial) => this;

    /// <summary>The next point to try, and the state in which that point is pending until it is observed.</summary>
    /// <param name="trial">The number of the trial that is being proposed.</param>
    /// <param name="random">The trial's own stream: derived from (campaign seed, trial, "propose").</param>
    /// <returns>The proposal, or <c>null</c> when the space is exhausted.</returns>
    (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random);
}
