using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>What <see cref="CoarseToFineSampler"/> knows where several metrics are traded off: its zoom and the front.</summary>
internal sealed record CoarseToFineFrontState(CoarseToFineSampler Options, Explored Explored, SobolSequence Sobol) : ISamplerState
{
    private const double FirstZoom = 1.2, LargestZoom = 2, LeastZoom = 0.05, ZoomOut = 1.5, ZoomIn = 0.65, StepLength = 0.3;
    private const int SobolPoints = 64;

    public double Zoom { get; init; } = FirstZoom;

    /// <summary>Hops in a row that did not enter the front.</summary>
    public int Fails { get; init; }

    public Front Front { get; init; } = new([]);

    /// <summary>How many global points were proposed.</summary>
    public int Globals { get; init; }

    /// <summary>How many trials were proposed.</summary>
    public int Trials { get; init; }

    private Space Space => Explored.Space;

    public ISamplerState Observe(Observation observation)
    {
        var next = this with { Explored = Explored.With(observation.Position.AsSpan()) };
        var entered = false;
        if (!observation.Values.IsDefaultOrEmpty)
        {
            (var front, entered) = Front.With(new Front.Member(observation.Trial, observation.Position, observation.Values));
            next = next with { Front = front };
        }

        if (observation.Origin.Kind != OriginKind.Hop)
            return next;
        if (entered)
            return next with { Fails = 0, Zoom = Math.Min(Zoom * ZoomOut, LargestZoom) };
        if (Fails + 1 < Options.Patience)
            return next with { Fails = Fails + 1 };
        return next with { Fails = 0, Zoom = Zoom * ZoomIn < LeastZoom ? FirstZoom : Zoom * ZoomIn };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random)
    {
        var global = Trials < Options.Design || Front.Members.IsEmpty || random.Happens(Options.GlobalShare);
        var (position, origin, globals) = global ? Global(random)
            : random.Happens(Options.HopShare) || Front.Members.Length < 2 ? Hop(random) : Box(random);
        if (position.IsDefault)
            return (null, this);
        return (new Proposal(position, origin with { Zoom = Zoom }), this with { Explored = Explored.With(position.AsSpan()), Globals = globals, Trials = Trials + 1 });
    }

    private (ImmutableArray<double> Position, Origin Origin, int Globals) Global(RandomStream random)
    {
        var index = Globals;
        var (position, _) = Explored.Draw(random, candidate =>
        {
            if (index < SobolPoints)
                Sobol.At((uint)index++, candidate);
            else
                random.Fill(candidate);
        });
        return (position, new Origin(OriginKind.Global), Math.Max(index, Globals + 1));
    }

    private (ImmutableArray<double> Position, Origin Origin, int Globals) Hop(RandomStream random)
    {
        var crowding = Front.Crowding;
        int first = random.NextInt(crowding.Length), second = random.NextInt(crowding.Length);
        var centre = Front.Members[crowding[second] > crowding[first] ? second : first]; // the thinner place of two
        var scale = StepLength * Math.Min(Zoom / 2, 1);
        var (position, asWanted) = Explored.Draw(random, candidate => Moves.Hop(candidate, centre.Position, scale, Zoom, Space, random));
        return (position, asWanted ? new Origin(OriginKind.Hop) { Around = [centre.Trial], Width = scale }
            : new Origin(OriginKind.Global) { Note = $"every point near trial {centre.Trial} is taken" }, Globals);
    }

    private (ImmutableArray<double> Position, Origin Origin, int Globals) Box(RandomStream random)
    {
        var around = Front.Around(Front.Members[random.NextInt(Front.Members.Length)], Options.BoxTrials);
        ImmutableArray<ImmutableArray<double>> points = [.. around.Select(member => member.Position)];
        var (low, high) = Moves.Box(points.AsSpan(), Space);
        var (position, asWanted) = Explored.Draw(random, candidate => Moves.InBox(candidate, low, high, points.AsSpan(), Space, random));
        return (position, asWanted
            ? new Origin(OriginKind.Box) { Around = [.. around.Select(member => member.Trial)], Width = low.Zip(high, (l, h) => h - l).DefaultIfEmpty(0).Average(), Low = [.. low], High = [.. high] }
            : new Origin(OriginKind.Global) { Note = "every point of the box is taken" }, Globals);
    }
}
