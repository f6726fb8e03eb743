using System.Collections.Immutable;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>
/// The state of <see cref="CoarseToFineSampler"/> for one metric: its zoom, its best trials and a quick model of some of them.
/// </summary>
internal sealed record CoarseToFineState(CoarseToFineSampler Options, GlobalPoints Points, IncrementalProcess Process, int Candidates)
    : ISamplerState
{
    private const double ZoomAfterGlobal = 0.6, ZoomIn = 0.5;

    /// <summary>L: how far hops go, at most 2.</summary>
    public double Zoom { get; init; } = Moves.FirstZoom;

    /// <summary>The hops in a row that gave no new best; fewer than the patience.</summary>
    public ImmutableArray<int> Fails { get; init; } = [];

    /// <summary>The best trials, ascending.</summary>
    public ImmutableArray<ScoredTrial> Best { get; init; } = [];

    /// <summary>How many global candidates there were.</summary>
    public int Globals { get; init; }

    /// <summary>Why the zoom has just changed, until a proposal carries it.</summary>
    public string? Change { get; init; }

    /// <summary>The trials that changed it, likewise.</summary>
    public ImmutableArray<int> Evidence { get; init; } = [];

    private bool HasModel => Candidates > 1;

    public ISamplerState Observe(Observation observation)
    {
        var better = observation.Value is { } reached && (Best.IsEmpty || reached < Best[0].Value);
        var next = this with { Process = HasModel ? Process.Learned(observation.Trial, observation.Position, observation.Value) : Process };
        var trial = observation.Trial;
        if (observation.Value is { } value)
            next = next with { Best = ScoredTrial.Insert(Best, new ScoredTrial(trial, value, observation.Position), Options.BoxTrials) };
        var fails = Fails.Add(trial);
        switch (observation.Origin.Kind)
        {
            case OriginKind.Hop when better:
                return next.Zoomed(Math.Min(Zoom * Moves.ZoomOut, Moves.LargestZoom), [trial], $"trial {trial} is the new best");
            case OriginKind.Hop when fails.Length < Options.Patience:
                return next with { Fails = fails };
            case OriginKind.Hop when Zoom * ZoomIn < Moves.LeastZoom:
                var afar = $"below {Moves.LeastZoom} there is nothing left to find, the search looks further away again";
                return next.Zoomed(Moves.FirstZoom, fails, afar);
            case OriginKind.Hop:
                var failed = $"{Options.Patience} hops in a row found nothing better{(Best.IsEmpty ? "" : $" than trial {Best[0].Trial}")}";
                return next.Zoomed(Zoom * ZoomIn, fails, failed);
            case OriginKind.Box:
                return next;
            default:
                return better ? next.Zoomed(Math.Max(Zoom, ZoomAfterGlobal), [trial], $"trial {trial}, from afar, is the new best") : next;
        }
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        var designing = request.Trials < Options.Design || Best.IsEmpty;
        var law = new CoarseToFineLaw(this, near: !designing && !request.Random.Happens(Options.GlobalShare), request);
        var rule = law.First();
        var (position, asWanted) = request.Explored.Draw(request.Random, candidate => law.Fill(candidate, rule));
        if (position.IsDefault)
            return (null, this);
        var origin = asWanted ? law.OriginOf(rule) : Moves.OriginInsteadOf(rule.Kind, rule.Centre?.Trial);
        if (!designing && HasModel && Process.Look() is { } outlook)
            (position, origin) = Challenge(position, origin, law, outlook, request.Explored);
        return (new Proposal(position, origin with { Zoom = Zoom, Change = Change, Evidence = Evidence }), this with
        {
            Globals = law.Globals,
            Change = null,
            Evidence = [],
            Process = HasModel ? Process.With(request.Trial, position) : Process,
        });
    }

    /// <summary>
    /// Compares a point with other candidates of the same law, and gives the point with the greatest expected improvement.
    /// </summary>
    private (ImmutableArray<double> Position, Origin Origin) Challenge(
        ImmutableArray<double> position, Origin origin, CoarseToFineLaw law, IncrementalProcess.Posterior outlook, Explored explored)
    {
        var most = outlook.LogImprovement(position.AsSpan());
        CoarseToFineLaw.Rule? winner = null;
        double[] candidate = new double[position.Length], settled = new double[position.Length];
        for (var i = 1; i < Candidates; i++)
        {
            var rule = law.Another();
            law.Fill(candidate, rule);
            explored.Settle(candidate, settled);
            var improvement = outlook.LogImprovement(settled);
            if (improvement > most && explored.Accept(candidate) is { IsDefault: false } accepted)
                (position, winner, most) = (accepted, rule, improvement);
        }

        return (position, (winner is { } by ? law.OriginOf(by) : origin) with { LogExpectedImprovement = most });
    }

    private CoarseToFineState Zoomed(double zoom, ImmutableArray<int> evidence, string why) => this with
    {
        Zoom = zoom,
        Fails = [],
        Evidence = zoom == Zoom ? Evidence : [.. Evidence, .. evidence],
        Change = zoom == Zoom ? Change
            : (Change is null ? "" : Change + "; ") + FormattableString.Invariant($"zoom {Zoom:0.###} to {zoom:0.###}: {why}"),
    };
}
