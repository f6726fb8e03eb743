using HyperSearch.Spaces;

namespace HyperSearch.Samplers;

/// <summary>
/// Proposes points. An implementation is a sealed record whose properties are its options; its knowledge lives in its states.
/// </summary>
/// <remarks>
/// The planner remembers the points that were tried and asks with them, so that a sampler is its law. Half of the points from anywhere, the
/// other half near the best trial:
/// <code><![CDATA[
/// public sealed record ScoutSampler : ISampler
/// {
///     public double Reach { get; init; } = 0.1;
///
///     public ISamplerState Initial(SamplingProblem problem) => new State(Reach, null);
///
///     private sealed record State(double Reach, Observation? Best) : ISamplerState
///     {
///         public ISamplerState Observe(Observation observation) =>
///             observation.Value < (Best?.Value ?? double.PositiveInfinity) ? this with { Best = observation } : this;
///
///         public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
///         {
///             var (best, random) = (Best, request.Random);
///             var near = best is not null && random.Happens(0.5);
///             var (position, asWanted) = request.Explored.Draw(random, candidate =>
///             {
///                 random.Fill(candidate);
///                 for (var d = 0; near && d < candidate.Length; d++)
///                     candidate[d] = Math.Clamp(best!.Position[d] + Reach * (2 * candidate[d] - 1), 0, 1);
///             });
///             if (position.IsDefault)
///                 return (null, this); // every point of the space was tried
///             var origin = near && asWanted ? new Origin(OriginKind.Box) { Around = [best!.Trial] } : new Origin(OriginKind.Global);
///             return (new Proposal(position, origin), this);
///         }
///     }
/// }
/// ]]></code>
/// <c>new AskAndTell(space, new SearchOptions { Sampler = new ScoutSampler() })</c> searches by it. A search file names the samplers
/// of this library.
/// </remarks>
public interface ISampler
{
    /// <summary>Whether it searches the front of several metrics; else it refuses more than one.</summary>
    bool TradesOff => false;

    /// <summary>
    /// Whether one state learns from the outcomes of every rung of a schedule, told apart by <see cref="Observation.Epochs"/>. Default: no,
    /// each rung has a state of its own.
    /// </summary>
    bool LearnsFromEveryRung => false;

    /// <summary>
    /// Whether the law may come back to a point of the space. Default: yes, so that the planner remembers every point and no trial is run
    /// twice. Where it may not, neither points nor pending proposals are remembered for it.
    /// </summary>
    /// <param name="space">The space to search.</param>
    bool CanRepeat(Space space) => true;

    /// <summary>The state before anything was proposed or observed.</summary>
    /// <param name="problem">The space, and for how many trials.</param>
    ISamplerState Initial(SamplingProblem problem);
}
