using HyperSearch.Samplers;

namespace HyperSearch.SampleHost;

/// <summary>A sampler of one's own: half of the points lie anywhere, the other half near the best trial.</summary>
public sealed record ScoutSampler : ISampler
{
    /// <summary>How far from the best trial a near point may lie in each coordinate of the unit cube.</summary>
    public double Reach { get; init; } = 0.1;

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem) => new State(Reach, null);

    private sealed record State(double Reach, Observation? Best) : ISamplerState
    {
        public ISamplerState Observe(Observation observation) =>
            observation.Value < (Best?.Value ?? double.PositiveInfinity) ? this with { Best = observation } : this;

        public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
        {
            var (best, random) = (Best, request.Random);
            var near = best is not null && random.Happens(0.5);
            var (position, asWanted) = request.Explored.Draw(random, candidate =>
            {
                random.Fill(candidate);
                for (var d = 0; near && d < candidate.Length; d++)
                    candidate[d] = Math.Clamp(best!.Position[d] + Reach * (2 * candidate[d] - 1), 0, 1);
            });
            if (position.IsDefault)
                return (null, this); // every point of the space was tried
            var origin = near && asWanted ? new Origin(OriginKind.Box) { Around = [best!.Trial] } : new Origin(OriginKind.Global);
            return (new Proposal(position, origin), this);
        }
    }
}
