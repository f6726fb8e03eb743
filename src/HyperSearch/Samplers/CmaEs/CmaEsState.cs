using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Samplers.CmaEs;

/// <summary>
/// The state of <see cref="CmaEsSampler"/>: its distribution, and the outcomes of the generation under way. Its arrays are never written to
/// after they are made.
/// </summary>
internal sealed record CmaEsState(CmaEsSampler Options, SobolSequence Sobol) : ISamplerState
{
    private const double LeastSpread = 1e-7;

    /// <summary>The distribution; <c>null</c> before the design has ended.</summary>
    public CmaDistribution? Distribution { get; init; }

    /// <summary>Outcomes since the last update, those without a value last.</summary>
    public ImmutableArray<ScoredTrial> Generation { get; init; } = [];

    /// <summary>How many outcomes answered no pending proposal.</summary>
    public int Others { get; init; }

    /// <summary>The best trial.</summary>
    public ImmutableArray<ScoredTrial> Best { get; init; } = [];

    public ISamplerState Observe(Observation observation)
    {
        // A normal distribution learns from the points that it drew, before they were clipped to the cube and to discrete cells.
        var position = observation.Proposal is { Drawn: { IsEmpty: false } drawn } ? drawn : observation.Position;
        var outcome = new ScoredTrial(observation.Trial, observation.Value ?? double.PositiveInfinity, position);
        var next = this with
        {
            Others = observation.Proposal is null ? Others + 1 : Others,
            Best = observation.Value is null ? Best : ScoredTrial.Insert(Best, outcome, 1),
        };
        if (Distribution is not { } distribution)
            return next;
        next = next with { Generation = ScoredTrial.Insert(Generation, outcome, int.MaxValue) };
        if (next.Generation.Length < distribution.Offspring)
            return next;
        var updated = distribution.After([.. next.Generation.Select(trial => trial.Position)]);
        return next with { Generation = [], Distribution = updated is null || updated.Spread < LeastSpread ? null : updated };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        var (dimensions, random) = (request.Space.Dimensions, request.Random);
        var begun = request.Proposed + Others;
        if (begun < Options.Design || Best.IsEmpty || dimensions == 0)
            return (Sobol.Propose((uint)begun, request).Proposal, this);

        var distribution = Distribution;
        string? note = null;
        if (distribution is null)
        {
            // The first distribution starts at the best point, one that has shrunk to nothing anywhere.
            var first = begun < 2 * Options.Design + CmaDistribution.OffspringFor(dimensions);
            double[] mean = first ? [.. Best[0].Position] : [.. Enumerable.Range(0, dimensions).Select(_ => random.NextDouble())];
            distribution = CmaDistribution.Around(mean, Options.Sigma);
            note = first ? null : "the distribution had shrunk to nothing and starts again elsewhere";
        }

        double[] drawn = [];
        var (position, asWanted) = request.Explored.Draw(random, candidate =>
        {
            drawn = distribution.Draw(random);
            for (var d = 0; d < drawn.Length; d++)
                candidate[d] = Math.Clamp(drawn[d], 0, 1);
        });
        if (position.IsDefault)
            return (null, this);
        var origin = new Origin(asWanted ? OriginKind.Model : OriginKind.Global)
        {
            Around = [Best[0].Trial],
            Width = distribution.Spread,
            Note = note,
        };
        var proposal = new Proposal(position, origin) { Drawn = asWanted ? [.. drawn.Select(u => Math.Clamp(u, -0.5, 1.5))] : [] };
        return (proposal, this with { Distribution = distribution });
    }
}
