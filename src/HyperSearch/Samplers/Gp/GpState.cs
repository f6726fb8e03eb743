using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.Gp;

/// <summary>
/// The state of <see cref="GpSampler"/>: the outcomes, the model's parameters when last fitted, and a coarse-to-fine state that begins the
/// search and may end it.
/// </summary>
internal sealed record GpState(GpSampler Options, GpLaw Law, Space Space, CoarseToFineState Fine) : ISamplerState
{
    private const int Fitted = 100, Elites = 4, Polished = 2, PolishSteps = 15;

    /// <summary>Every outcome, in order; those without a value have +∞.</summary>
    public ImmutableList<ScoredTrial> Outcomes { get; init; } = [];

    /// <summary>The models of the law when last fitted; empty before.</summary>
    public ImmutableArray<FittedProcess> Models { get; init; } = [];

    /// <summary>How many outcomes there were at the last fit.</summary>
    public int FittedOn { get; init; }

    private bool HasHandedOver => Outcomes.Count >= Options.MostTrials;

    public ISamplerState Observe(Observation observation)
    {
        var next = this with { Fine = (CoarseToFineState)Fine.Observe(observation) };
        if (HasHandedOver)
            return next;
        return next with
        {
            Outcomes = Outcomes.Add(new ScoredTrial(observation.Trial, observation.Value ?? double.PositiveInfinity, observation.Position)),
        };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        var known = request.Trials >= Law.Opening && Fine.Best.Length >= 2 && Space.Dimensions > 0;
        return !known || HasHandedOver ? Pass(request) : Model(request) ?? Pass(request);
    }

    private (Proposal? Proposal, GpState Next) Pass(ProposalRequest request)
    {
        var (proposal, fine) = Fine.Propose(request);
        if (proposal is not null && HasHandedOver)
        {
            var note = $"gp models at most {Options.MostTrials} outcomes; coarse_to_fine goes on"
                + (proposal.Origin.Note is { } own ? $"; {own}" : "");
            proposal = proposal with { Origin = proposal.Origin with { Note = note } };
        }

        return (proposal, this with { Fine = (CoarseToFineState)fine });
    }

    private (Proposal? Proposal, GpState Next)? Model(ProposalRequest request)
    {
        bool[] categorical = [.. Space.Searched.Select(parameter => parameter.Scale.IsCategorical)];
        var (values, deviation) = Standardized.Of([.. Outcomes.Select(outcome => outcome.Value)]);
        double[][] observed = [.. Outcomes.Select(outcome => outcome.Position.ToArray())];
        var next = Fit(observed, values, categorical);
        double[][] points = [.. observed, .. request.Pending.Values.Select(pending => pending.Position.ToArray())];
        var draws = Fantasies(points.Length - observed.Length, request.Random);
        var asked = Law.Asked(next.Models, Space.Dimensions, request.Pending.Count, request.Random);
        if (ProcessMixture.On(points, values, categorical, asked, draws) is not { } process)
            return null;
        var (best, improvement) = Search(process, request);
        if (best.IsDefault)
            return null;
        var origin = new Origin(OriginKind.Model)
        {
            Around = [Fine.Best[0].Trial],
            LogExpectedImprovement = improvement + PortableMath.Log(deviation),
        };
        var isNew = Models.IsEmpty || !next.Models[0].Parameters.AsSpan().SequenceEqual(Models[0].Parameters.AsSpan());
        return (new Proposal(best, origin), next with { FittedOn = isNew ? Outcomes.Count : FittedOn });
    }

    /// <summary>The state with parameters fitted anew when there are enough new outcomes, on the 100 best and latest at most.</summary>
    private GpState Fit(double[][] points, double[] values, bool[] categorical)
    {
        var n = points.Length;
        var every = n <= 30 ? 1 : n <= 60 ? 2 : n <= 100 ? 5 : 10;
        if (!Models.IsEmpty && n - FittedOn < every)
            return this;
        if (n > Fitted)
        {
            var best = Enumerable.Range(0, n).OrderBy(i => values[i]).Take(Fitted / 2);
            var chosen = best.Union(Enumerable.Range(0, n).Reverse()).Take(Fitted).Order().ToArray();
            (points, values) = ([.. chosen.Select(i => points[i])], [.. chosen.Select(i => values[i])]);
        }

        var steps = Models.IsEmpty || n <= 30 ? 30 : 10;
        var fitted = ImmutableArray.CreateBuilder<FittedProcess>();
        foreach (var prior in Law.Models(Outcomes.Count))
        {
            // It begins where the same kind ended the last time, or else where the plain one has; a trend stands last.
            var start = prior.Start(categorical.Length);
            var known = Models.IsEmpty ? fitted.FirstOrDefault()?.Parameters ?? [] : Models[fitted.Count].Parameters;
            known.AsSpan(0, Math.Min(known.Length, start.Length)).CopyTo(start);
            fitted.Add(FittedProcess.To(prior, start, points, values, categorical, steps));
        }

        return this with { Models = fitted.ToImmutable() };
    }

    /// <summary>Normal draws for the values of pending trials, antithetic in pairs; none where the law believes in expectations.</summary>
    private double[][] Fantasies(int pending, RandomStream random)
    {
        if (pending == 0)
            return [];
        var draws = new double[Law.Fantasies][];
        for (var f = 0; f < draws.Length; f++)
            draws[f] = [.. Enumerable.Range(0, pending).Select(i => f % 2 == 1 ? -draws[f - 1][i] : random.NextNormal())];
        return draws;
    }

    private (ImmutableArray<double> Position, double LogImprovement) Search(ProcessMixture process, ProposalRequest request)
    {
        var random = request.Random;
        var count = Options.Candidates * 100 / Math.Max(100, Outcomes.Count);
        var sobol = new SobolSequence(Space.Dimensions, random.NextULong());
        var candidate = new double[Space.Dimensions];
        var candidates = new List<(ImmutableArray<double> Position, double LogImprovement)>();
        for (var i = 0; i < 2 * count; i++)
        {
            if (i < count)
                sobol.At((uint)i, candidate);
            else
                ModelMoves.Move(Space, candidate, Fine.Best[random.NextInt(Math.Min(Elites, Fine.Best.Length))].Position, random);
            if (request.Explored.Accept(candidate) is { IsDefault: false } position)
                candidates.Add((position, process.LogImprovement([.. position], null)));
        }

        if (candidates.Count == 0)
            return default;
        var best = candidates.OrderByDescending(one => one.LogImprovement).Take(Polished).ToList();
        bool[] moves = [.. Space.Searched.Select(parameter => parameter.Scale.Count is null)];
        foreach (var (from, _) in best.ToList())
        {
            var (x, loss) = Bfgs.Minimize((at, gradient) =>
            {
                var improvement = process.LogImprovement(at, gradient);
                for (var d = 0; d < gradient.Length; d++)
                    gradient[d] = moves[d] ? -gradient[d] : 0;
                return -improvement;
            }, [.. from], 0, 1, PolishSteps);
            if (request.Explored.Accept(x) is { IsDefault: false } position)
                best.Add((position, -loss));
        }

        return best.MaxBy(one => one.LogImprovement);
    }
}
