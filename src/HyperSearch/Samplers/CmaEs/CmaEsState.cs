using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.CmaEs;

/// <summary>What <see cref="CmaEsSampler"/> knows: its distribution, and the outcomes of the generation under way. Its arrays are never written to after they are made.</summary>
internal sealed record CmaEsState(CmaEsSampler Options, Explored Explored, SobolSequence Sobol) : ISamplerState
{
    private const double LeastSpread = 1e-7;

    /// <summary>The distribution; <c>null</c> before the design has ended.</summary>
    public CmaDistribution? Distribution { get; init; }

    /// <summary>Outcomes since the last update, those without a value last.</summary>
    public ImmutableArray<ScoredTrial> Generation { get; init; } = [];

    /// <summary>Where pending trials were drawn, before they were clipped to the cells of discrete parameters.</summary>
    public ImmutableDictionary<int, ImmutableArray<double>> Drawn { get; init; } = ImmutableDictionary<int, ImmutableArray<double>>.Empty;

    /// <summary>How many points were proposed.</summary>
    public int Trials { get; init; }

    /// <summary>The best trial.</summary>
    public ImmutableArray<ScoredTrial> Best { get; init; } = [];

    public ISamplerState Observe(Observation observation)
    {
        var own = Drawn.ContainsKey(observation.Trial);
        var outcome = new ScoredTrial(observation.Trial, observation.Value ?? double.PositiveInfinity, own ? Drawn[observation.Trial] : observation.Position);
        var next = this with
        {
            Explored = Explored.With(observation.Position.AsSpan()),
            Drawn = Drawn.Remove(observation.Trial),
            Trials = own ? Trials : Trials + 1,
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

    public ISamplerState Withdraw(int trial) => this with { Drawn = Drawn.Remove(trial) };

    public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random)
    {
        if (Trials < Options.Design || Best.IsEmpty || Explored.Space.Dimensions == 0)
        {
            var index = (uint)Trials;
            return Next(trial, Explored.Draw(random, candidate => Sobol.At(index++, candidate)).Position, null, this, new Origin(OriginKind.Global));
        }

        var state = this;
        string? note = null;
        if (Distribution is null)
        {
            // The first distribution starts at the best point, one that has shrunk to nothing anywhere.
            var first = Trials < 2 * Options.Design + CmaDistribution.OffspringFor(Explored.Space.Dimensions);
            var mean = first ? [.. Best[0].Position] : Enumerable.Range(0, Explored.Space.Dimensions).Select(_ => random.NextDouble()).ToArray();
            state = this with { Distribution = CmaDistribution.Around(mean, Options.Sigma) };
            note = first ? null : "the distribution had shrunk to nothing and starts again elsewhere";
        }

        double[] drawn = [];
        var (position, asWanted) = Explored.Draw(random, candidate =>
        {
            drawn = state.Distribution!.Draw(random);
            for (var d = 0; d < drawn.Length; d++)
                candidate[d] = Math.Clamp(drawn[d], 0, 1);
        });
        return Next(trial, position, asWanted ? [.. drawn.Select(u => Math.Clamp(u, -0.5, 1.5))] : null, state, new Origin(asWanted ? OriginKind.Model : OriginKind.Global)
        {
            Around = [Best[0].Trial],
            Width = state.Distribution!.Spread,
            Note = note,
        });
    }

    private (Proposal? Proposal, ISamplerState Next) Next(int trial, ImmutableArray<double> position, double[]? drawn, CmaEsState state, Origin origin) => position.IsDefault ? (null, this)
        : (new Proposal(position, origin), state with
        {
            Explored = Explored.With(position.AsSpan()),
            Drawn = Drawn.SetItem(trial, drawn is null ? position : [.. drawn]),
            Trials = Trials + 1,
        });
}
