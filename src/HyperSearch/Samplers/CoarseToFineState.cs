using System.Collections.Immutable;
using HyperSearch.Spaces;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Samplers;

/// <summary>What <see cref="CoarseToFineSampler"/> knows: its zoom, its best trials and which points are taken.</summary>
internal sealed record CoarseToFineState(CoarseToFineSampler Options, Explored Explored, SobolSequence Sobol) : ISamplerState
{
    private const double FirstZoom = 1.2, LargestZoom = 2, LeastZoom = 0.05, ZoomAfterGlobal = 0.6, ZoomOut = 1.5, ZoomIn = 0.65;
    private const double StepLength = 0.3, BestShare = 0.71;
    private const int SobolPoints = 64;

    /// <summary>L: how far hops go, at most 2.</summary>
    public double Zoom { get; init; } = FirstZoom;

    /// <summary>The hops in a row that gave no new best; fewer than the patience.</summary>
    public ImmutableArray<int> Fails { get; init; } = [];

    /// <summary>The best trials, ascending.</summary>
    public ImmutableArray<Elite> Best { get; init; } = [];

    /// <summary>How many global points were proposed.</summary>
    public int Globals { get; init; }

    /// <summary>How many trials were proposed, here or elsewhere; those that the user gave do not count.</summary>
    public int Trials { get; init; }

    /// <summary>Why the zoom has just changed, until a proposal carries it.</summary>
    public string? Change { get; init; }

    /// <summary>The trials that changed it, likewise.</summary>
    public ImmutableArray<int> Evidence { get; init; } = [];

    private Space Space => Explored.Space;

    public ISamplerState Observe(Observation observation)
    {
        var better = observation.Value is { } reached && (Best.IsEmpty || reached < Best[0].Value);
        var foreign = observation.Origin.Kind != OriginKind.Enqueued && !Explored.Contains(observation.Position.AsSpan());
        var next = this with { Explored = Explored.With(observation.Position.AsSpan()), Trials = Trials + (foreign ? 1 : 0) };
        if (observation.Value is { } value)
            next = next with { Best = Elite.Insert(Best, new Elite(observation.Trial, value, observation.Position), Options.BoxTrials) };
        var fails = Fails.Add(observation.Trial);
        return observation.Origin.Kind switch
        {
            OriginKind.Hop when better => next.Zoomed(Math.Min(Zoom * ZoomOut, LargestZoom), [observation.Trial], $"trial {observation.Trial} is the new best"),
            OriginKind.Hop when fails.Length < Options.Patience => next with { Fails = fails },
            OriginKind.Hop when Zoom * ZoomIn < LeastZoom => next.Zoomed(FirstZoom, fails, $"below {LeastZoom} there is nothing left to find, the search looks further away again"),
            OriginKind.Hop => next.Zoomed(Zoom * ZoomIn, fails, $"{Options.Patience} hops in a row found nothing better{(Best.IsEmpty ? "" : $" than trial {Best[0].Trial}")}"),
            OriginKind.Box => next,
            _ when better => next.Zoomed(Math.Max(Zoom, ZoomAfterGlobal), [observation.Trial], $"trial {observation.Trial}, from afar, is the new best"),
            _ => next,
        };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random)
    {
        var kind = Trials < Options.Design || Best.IsEmpty || random.Happens(Options.GlobalShare) ? OriginKind.Global
            : random.Happens(Options.HopShare) ? OriginKind.Hop : OriginKind.Box;
        var (position, origin, globals) = kind switch
        {
            OriginKind.Hop => Hop(random),
            OriginKind.Box => Box(random),
            _ => Global(random),
        };
        if (position.IsDefault)
            return (null, this);
        return (new Proposal(position, origin with { Zoom = Zoom, Change = Change, Evidence = Evidence }),
            this with { Explored = Explored.With(position.AsSpan()), Globals = globals, Trials = Trials + 1, Change = null, Evidence = [] });
    }

    private CoarseToFineState Zoomed(double zoom, ImmutableArray<int> evidence, string why) => this with
    {
        Zoom = zoom,
        Fails = [],
        Evidence = zoom == Zoom ? Evidence : [.. Evidence, .. evidence],
        Change = zoom == Zoom ? Change : (Change is null ? "" : Change + "; ") + FormattableString.Invariant($"zoom {Zoom:0.###} to {zoom:0.###}: {why}"),
    };

    private (ImmutableArray<double> Position, Origin Origin, int Globals) Global(RandomStream random)
    {
        var index = Globals;
        var (position, _) = Explored.Draw(random, candidate =>
        {
            if (index < SobolPoints)
                Sobol.At((uint)index++, candidate);
            else
                random.FillUniform(candidate);
        });
        return (position, new Origin(OriginKind.Global), Math.Max(index, Globals + 1));
    }

    private (ImmutableArray<double> Position, Origin Origin, int Globals) Hop(RandomStream random)
    {
        var centre = Best.Length == 1 || random.Happens(BestShare) ? Best[0] : Best[1];
        var scale = StepLength * Math.Min(Zoom / 2, 1);
        var (position, asWanted) = Explored.Draw(random, candidate => Moves.Hop(candidate, centre.Position, scale, Zoom, Space, random));
        return asWanted
            ? (position, new Origin(OriginKind.Hop) { Around = [centre.Trial], Width = scale }, Globals)
            : (position, new Origin(OriginKind.Global) { Note = $"every point near trial {centre.Trial} is taken" }, Globals);
    }

    private (ImmutableArray<double> Position, Origin Origin, int Globals) Box(RandomStream random)
    {
        ImmutableArray<ImmutableArray<double>> points = [.. Best.Select(trial => trial.Position)];
        var (low, high) = Moves.Box(points, Space);
        var (position, asWanted) = Explored.Draw(random, candidate => Moves.InBox(candidate, low, high, points, Space, random));
        var origin = asWanted
            ? new Origin(OriginKind.Box) { Around = [.. Best.Select(trial => trial.Trial)], Width = low.Zip(high, (l, h) => h - l).DefaultIfEmpty(0).Average(), Low = [.. low], High = [.. high] }
            : new Origin(OriginKind.Global) { Note = "every point of the box is taken" };
        return (position, origin, Globals);
    }
}
