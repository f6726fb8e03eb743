using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>The law that coarse to fine draws the candidates of one trial from.</summary>
/// <param name="state">The zoom, the best trials and the model.</param>
/// <param name="near">Whether candidates lie around good trials; else all are global.</param>
/// <param name="request">The trial's stream and space.</param>
internal sealed class CoarseToFineLaw(CoarseToFineState state, bool near, ProposalRequest request)
{
    private const double BestShare = 0.71, AnyShare = 0.2;
    private readonly RandomStream _random = request.Random;
    private readonly ImmutableArray<ImmutableArray<double>> _best =
        near ? ImmutableArray.CreateRange(state.Best, trial => trial.Position) : [];
    private (double[] Low, double[] High)? _box;

    /// <summary>How many global candidates there were by now, in this trial and before.</summary>
    public int Globals { get; private set; } = state.Globals;

    /// <summary>The rule of the first candidate.</summary>
    public Rule First() => near ? Near() : new Rule(OriginKind.Global, null);

    /// <summary>The rule of another candidate; in a near trial a share of them is global too.</summary>
    public Rule Another() => near && !_random.Happens(state.Options.GlobalShare) ? Near() : new Rule(OriginKind.Global, null);

    /// <summary>Draws a candidate.</summary>
    public void Fill(Span<double> candidate, Rule rule)
    {
        if (rule.Kind == OriginKind.Hop)
        {
            Moves.Hop(candidate, rule.Centre!.Position, state.Zoom, request.Space, _random);
        }
        else if (rule.Kind == OriginKind.Box)
        {
            var (low, high) = Box();
            Moves.InBox(candidate, low, high, _best.AsSpan(), request.Space, _random);
        }
        else
        {
            state.Points.At(Globals++, candidate, _random);
        }
    }

    /// <summary>The record of a trial whose point a rule gave.</summary>
    public Origin OriginOf(Rule rule)
    {
        if (rule.Kind == OriginKind.Hop)
            return Moves.OriginOfHop(rule.Centre!.Trial, state.Zoom);
        if (rule.Kind == OriginKind.Global)
            return new Origin(OriginKind.Global);
        var (low, high) = Box();
        return Moves.OriginOfBox(state.Best.Select(trial => trial.Trial), low, high);
    }

    private Rule Near()
    {
        if (!_random.Happens(state.Options.HopShare))
            return new Rule(OriginKind.Box, null);
        return new Rule(OriginKind.Hop, state.Process.Count > 0 && _random.Happens(AnyShare) ? state.Process.Any(_random)
            : state.Best.Length == 1 || _random.Happens(BestShare) ? state.Best[0] : state.Best[1]);
    }

    private (double[] Low, double[] High) Box() => _box ??= Moves.Box(_best.AsSpan(), request.Space);

    /// <summary>How a candidate is drawn; a hop has the trial that it goes from.</summary>
    internal readonly record struct Rule(OriginKind Kind, ScoredTrial? Centre);
}
