using System.Collections.Immutable;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>The state of <see cref="CoarseToFineSampler"/> where several metrics are traded off: its zoom and the front.</summary>
internal sealed record CoarseToFineFrontState(CoarseToFineSampler Options, GlobalPoints Points) : ISamplerState
{
    private const double ZoomIn = 0.65;

    /// <summary>L: how far hops go, at most 2.</summary>
    public double Zoom { get; init; } = Moves.FirstZoom;

    /// <summary>Hops in a row that did not enter the front.</summary>
    public int Fails { get; init; }

    public Front Front { get; init; } = new([]);

    /// <summary>How many global candidates there were.</summary>
    public int Globals { get; init; }

    public ISamplerState Observe(Observation observation)
    {
        var (front, entered) = observation.Values.IsDefaultOrEmpty
            ? (Front, false)
            : Front.With(new Front.Member(observation.Trial, observation.Position, observation.Values));
        var next = this with { Front = front };
        if (observation.Origin.Kind != OriginKind.Hop)
            return next;
        if (entered)
            return next with { Fails = 0, Zoom = Math.Min(Zoom * Moves.ZoomOut, Moves.LargestZoom) };
        if (Fails + 1 < Options.Patience)
            return next with { Fails = Fails + 1 };
        return next with { Fails = 0, Zoom = Zoom * ZoomIn < Moves.LeastZoom ? Moves.FirstZoom : Zoom * ZoomIn };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        var random = request.Random;
        var global = request.Proposed < Options.Design || Front.Members.IsEmpty || random.Happens(Options.GlobalShare);
        var globals = Globals;
        var (position, origin) = global ? Anywhere()
            : random.Happens(Options.HopShare) || Front.Members.Length < 2 ? Hop(request) : Box(request);
        return position.IsDefault ? (null, this) : (new Proposal(position, origin with { Zoom = Zoom }), this with { Globals = globals });

        (ImmutableArray<double> Position, Origin Origin) Anywhere()
        {
            var (anywhere, _) = request.Explored.Draw(random, candidate => Points.At(globals++, candidate, random));
            return (anywhere, new Origin(OriginKind.Global));
        }
    }

    private (ImmutableArray<double> Position, Origin Origin) Hop(ProposalRequest request)
    {
        var random = request.Random;
        var crowding = Front.Crowding;
        int first = random.NextInt(crowding.Length), second = random.NextInt(crowding.Length);
        var centre = Front.Members[crowding[second] > crowding[first] ? second : first]; // the thinner place of two
        var (position, asWanted) = request.Explored.Draw(
            random, candidate => Moves.Hop(candidate, centre.Position, Zoom, request.Space, random));
        return (position, asWanted ? Moves.OriginOfHop(centre.Trial, Zoom) : Moves.OriginInsteadOf(OriginKind.Hop, centre.Trial));
    }

    private (ImmutableArray<double> Position, Origin Origin) Box(ProposalRequest request)
    {
        var random = request.Random;
        var around = Front.Around(Front.Members[random.NextInt(Front.Members.Length)], Options.BoxTrials);
        ImmutableArray<ImmutableArray<double>> points = [.. around.Select(member => member.Position)];
        var (low, high) = Moves.Box(points.AsSpan(), request.Space);
        var (position, asWanted) = request.Explored.Draw(
            random, candidate => Moves.InBox(candidate, low, high, points.AsSpan(), request.Space, random));
        var origin = asWanted ? Moves.OriginOfBox(around.Select(member => member.Trial), low, high) : Moves.OriginInsteadOf(OriginKind.Box);
        return (position, origin);
    }
}
