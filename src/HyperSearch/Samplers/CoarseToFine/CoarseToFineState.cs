using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>What <see cref="CoarseToFineSampler"/> knows: its zoom, its best trials, a quick model of some of them, and which points are taken.</summary>
internal sealed record CoarseToFineState(CoarseToFineSampler Options, Explored Explored, SobolSequence Sobol, QuickProcess Process) : ISamplerState
{
    private const double FirstZoom = 1.2, LargestZoom = 2, LeastZoom = 0.05, ZoomAfterGlobal = 0.6, ZoomOut = 1.5, ZoomIn = 0.5;

    /// <summary>L: how far hops go, at most 2.</summary>
    public double Zoom { get; init; } = FirstZoom;

    /// <summary>The hops in a row that gave no new best; fewer than the patience.</summary>
    public ImmutableArray<int> Fails { get; init; } = [];

    /// <summary>The best trials, ascending.</summary>
    public ImmutableArray<ScoredTrial> Best { get; init; } = [];

    /// <summary>How many global candidates there were.</summary>
    public int Globals { get; init; }

    /// <summary>How many trials were proposed, here or elsewhere; those that the user gave do not count.</summary>
    public int Trials { get; init; }

    /// <summary>Why the zoom has just changed, until a proposal carries it.</summary>
    public string? Change { get; init; }

    /// <summary>The trials that changed it, likewise.</summary>
    public ImmutableArray<int> Evidence { get; init; } = [];

    private bool HasModel => Options.Candidates > 1;

    public ISamplerState Observe(Observation observation)
    {
        var better = observation.Value is { } reached && (Best.IsEmpty || reached < Best[0].Value);
        var foreign = observation.Origin.Kind != OriginKind.Enqueued && !Explored.Contains(observation.Position.AsSpan());
        var next = this with
        {
            Explored = Explored.With(observation.Position.AsSpan()),
            Trials = Trials + (foreign ? 1 : 0),
            Process = HasModel ? Process.Learned(observation.Trial, observation.Position, observation.Value) : Process,
        };
        if (observation.Value is { } value)
            next = next with { Best = ScoredTrial.Insert(Best, new ScoredTrial(observation.Trial, value, observation.Position), Options.BoxTrials) };
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
        var designing = Trials < Options.Design || Best.IsEmpty;
        var law = new CoarseToFineLaw(this, near: !designing && !random.Happens(Options.GlobalShare), random);
        var rule = law.First();
        var (position, asWanted) = Explored.Draw(random, candidate => law.Fill(candidate, rule));
        if (position.IsDefault)
            return (null, this);
        var origin = asWanted ? law.OriginOf(rule) : CoarseToFineLaw.InsteadOf(rule);
        if (!designing && HasModel && Process.Look() is { } outlook)
            (position, origin) = Challenge(position, origin, law, outlook);
        return (new Proposal(position, origin with { Zoom = Zoom, Change = Change, Evidence = Evidence }), this with
        {
            Explored = Explored.With(position.AsSpan()),
            Globals = law.Globals,
            Trials = Trials + 1,
            Change = null,
            Evidence = [],
            Process = HasModel ? Process.With(trial, position) : Process,
        });
    }

    /// <summary>Compares a point with other candidates of the same law: the one of which the model expects the most.</summary>
    private (ImmutableArray<double> Position, Origin Origin) Challenge(ImmutableArray<double> position, Origin origin, CoarseToFineLaw law, QuickProcess.Outlook outlook)
    {
        var most = outlook.LogImprovement(position.AsSpan());
        CoarseToFineLaw.Rule? winner = null;
        double[] candidate = new double[position.Length], settled = new double[position.Length];
        for (var i = 1; i < Options.Candidates; i++)
        {
            var rule = law.Another();
            law.Fill(candidate, rule);
            Explored.Settle(candidate, settled);
            var improvement = outlook.LogImprovement(settled);
            if (improvement > most && Explored.Accept(candidate) is { IsDefault: false } accepted)
                (position, winner, most) = (accepted, rule, improvement);
        }

        return (position, (winner is { } by ? law.OriginOf(by) : origin) with { LogExpectedImprovement = most });
    }

    private CoarseToFineState Zoomed(double zoom, ImmutableArray<int> evidence, string why) => this with
    {
        Zoom = zoom,
        Fails = [],
        Evidence = zoom == Zoom ? Evidence : [.. Evidence, .. evidence],
        Change = zoom == Zoom ? Change : (Change is null ? "" : Change + "; ") + FormattableString.Invariant($"zoom {Zoom:0.###} to {zoom:0.###}: {why}"),
    };
}
