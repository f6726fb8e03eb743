using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>The law from which coarse to fine draws the candidates of one trial.</summary>
/// <param name="state">What is known.</param>
/// <param name="near">Whether candidates lie around good trials; else all are global.</param>
/// <param name="random">The trial's stream.</param>
internal sealed class CoarseToFineLaw(CoarseToFineState state, bool near, RandomStream random)
{
    private const double StepLength = 0.3, BestShare = 0.71, AnyShare = 0.2;
    private const int SobolPoints = 64;
    private readonly ImmutableArray<ImmutableArray<double>> _best = near ? ImmutableArray.CreateRange(state.Best, trial => trial.Position) : [];
    private readonly double _scale = StepLength * Math.Min(state.Zoom / 2, 1);
    private (double[] Low, double[] High)? _box;

    /// <summary>How many global candidates there were by now, in this trial and before.</summary>
    public int Globals { get; private set; } = state.Globals;

    private Space Space => state.Explored.Space;

    /// <summary>How the first candidate is drawn.</summary>
    public Rule First() => near ? Near() : new Rule(OriginKind.Global, null);

    /// <summary>How another candidate is drawn; of near ones a share is global too.</summary>
    public Rule Another() => near && !random.Happens(state.Options.GlobalShare) ? Near() : new Rule(OriginKind.Global, null);

    /// <summary>Draws a candidate.</summary>
    public void Fill(Span<double> candidate, Rule rule)
    {
        if (rule.Kind == OriginKind.Hop)
        {
            Moves.Hop(candidate, rule.Centre!.Position, _scale, state.Zoom, Space, random);
        }
        else if (rule.Kind == OriginKind.Box)
        {
            var (low, high) = Box();
            Moves.InBox(candidate, low, high, _best.AsSpan(), Space, random);
        }
        else
        {
            if (Globals < SobolPoints)
                state.Sobol.At((uint)Globals, candidate);
            else
                random.Fill(candidate);
            Globals++;
        }
    }

    /// <summary>What to record of a trial whose point a rule gave.</summary>
    public Origin OriginOf(Rule rule)
    {
        if (rule.Kind == OriginKind.Hop)
            return new Origin(OriginKind.Hop) { Around = [rule.Centre!.Trial], Width = _scale };
        if (rule.Kind == OriginKind.Global)
            return new Origin(OriginKind.Global);
        var (low, high) = Box();
        return new Origin(OriginKind.Box)
        {
            Around = ImmutableArray.CreateRange(state.Best, trial => trial.Trial),
            Width = low.Zip(high, (l, h) => h - l).DefaultIfEmpty(0).Average(),
            Low = [.. low],
            High = [.. high],
        };
    }

    /// <summary>What to record of a trial that lies anywhere because all that its rule gave is taken.</summary>
    public static Origin InsteadOf(Rule rule) => new(OriginKind.Global)
    {
        Note = rule.Kind switch
        {
            OriginKind.Hop => $"every point near trial {rule.Centre!.Trial} is taken",
            OriginKind.Box => "every point of the box is taken",
            _ => null,
        },
    };

    private Rule Near()
    {
        if (!random.Happens(state.Options.HopShare))
            return new Rule(OriginKind.Box, null);
        return new Rule(OriginKind.Hop, state.Process.Count > 0 && random.Happens(AnyShare) ? state.Process.Any(random)
            : state.Best.Length == 1 || random.Happens(BestShare) ? state.Best[0] : state.Best[1]);
    }

    private (double[] Low, double[] High) Box() => _box ??= Moves.Box(_best.AsSpan(), Space);

    /// <summary>How a candidate is drawn, for a hop from where.</summary>
    internal readonly record struct Rule(OriginKind Kind, ScoredTrial? Centre);
}
