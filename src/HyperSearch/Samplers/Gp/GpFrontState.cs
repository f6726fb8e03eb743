using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.Gp;

/// <summary>
/// The state of <see cref="GpSampler"/> where several metrics are traded off: the outcomes, a model a metric, and a coarse-to-fine state
/// that begins the search and may end it.
/// </summary>
internal sealed record GpFrontState(GpSampler Options, Space Space, CoarseToFineFrontState Fine) : ISamplerState
{
    /// <summary>So many metrics at most; the volume of a front of more costs too much.</summary>
    public const int MostObjectives = 3;

    private const int Polishes = 3, PolishMoves = 24;

    /// <summary>How far beyond the worst values the reference point lies, in ranges of the values up to there.</summary>
    private const double Beyond = 0.1;

    /// <summary>For every third trial the worst values are those of all outcomes, else those of the front: near the front what is known of
    /// it is made whole, far from it its ends are found.</summary>
    private const int Wide = 3;

    /// <summary>Every trial with all its values; without any where it has none.</summary>
    public ImmutableList<(int Trial, ImmutableArray<double> Position, ImmutableArray<double> Values)> Outcomes { get; init; } = [];

    /// <summary>The models' parameters, by metric; empty before the first fit.</summary>
    public ImmutableArray<GpFrontModel> Models { get; init; } = [];

    private bool HasHandedOver => Outcomes.Count >= Options.MostTrials;

    public ISamplerState Observe(Observation observation)
    {
        var next = this with { Fine = (CoarseToFineFrontState)Fine.Observe(observation) };
        return HasHandedOver ? next
            : next with { Outcomes = Outcomes.Add((observation.Trial, observation.Position, observation.Values)) };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        var opens = request.Trials < Options.Design || Outcomes.Count(outcome => !outcome.Values.IsEmpty) < 2 || Space.Dimensions == 0;
        return opens || HasHandedOver ? Pass(request) : Model(request) ?? Pass(request);
    }

    private (Proposal? Proposal, GpFrontState Next) Pass(ProposalRequest request)
    {
        var (proposal, fine) = Fine.Propose(request);
        if (proposal is not null && HasHandedOver)
        {
            var note = $"gp models at most {Options.MostTrials} outcomes; coarse_to_fine goes on";
            proposal = proposal with { Origin = proposal.Origin with { Note = note } };
        }

        return (proposal, this with { Fine = (CoarseToFineFrontState)fine });
    }

    private (Proposal? Proposal, GpFrontState Next)? Model(ProposalRequest request)
    {
        bool[] categorical = [.. Space.Searched.Select(parameter => parameter.Scale.IsCategorical)];
        double[][] observed = [.. Outcomes.Select(outcome => outcome.Position.ToArray())];
        var valued = Outcomes.Where(outcome => !outcome.Values.IsEmpty).ToList();
        var front = Front(valued.Select(outcome => outcome.Values));
        var scaled = Enumerable.Range(0, valued[0].Values.Length).Select(k => Scaled(k, front)).ToArray();
        var models = scaled.Select((values, k) => (Models.IsEmpty ? GpFrontModel.Before : Models[k])
            .FittedTo(observed, values, categorical)).ToImmutableArray();
        double[][] points = [.. observed, .. request.Pending.Values.Select(pending => pending.Position.ToArray())];
        GaussianProcess?[] processes = [.. scaled.Zip(models, (values, model) =>
            GaussianProcess.On(points, values, categorical, [.. model.Chosen]))];
        if (processes.Contains(null))
            return null;
        var region = Region(processes!, scaled, request.Trial, points.AsSpan(observed.Length));
        var (best, gain) = Search(processes!, region, request, front);
        if (best.IsDefault)
            return null;
        var centre = valued.Where(outcome => front.Contains(outcome.Values)).MinBy(outcome => Distance(outcome.Position, best));
        var origin = new Origin(OriginKind.Model) { Around = [centre.Trial], Note = Note(gain) };
        return (new Proposal(best, origin), this with { Models = models });
    }

    private static string Note(double gain) => FormattableString.Invariant(
        $"models of the metrics expect the front to gain there: {gain:G3} of its volume in standard deviations");

    /// <summary>The values of a metric as its model sees them: pulled in, but never those of the front, and standardized.</summary>
    private double[] Scaled(int metric, IReadOnlyList<ImmutableArray<double>> front)
    {
        double[] values = [.. Outcomes.Select(outcome => outcome.Values.IsEmpty ? double.PositiveInfinity : outcome.Values[metric])];
        return Standardized.Of(values, front.Max(point => point[metric])).Values;
    }

    /// <summary>What lies before the front of the outcomes, and of the pending trials as the models expect them.</summary>
    private FrontSlices Region(GaussianProcess[] processes, double[][] scaled, int trial, ReadOnlySpan<double[]> pending)
    {
        var known = Enumerable.Range(0, Outcomes.Count).Where(i => !Outcomes[i].Values.IsEmpty)
            .Select(i => scaled.Select(values => values[i]).ToImmutableArray()).ToList();
        var front = Front(known);
        double[] reference = [.. Enumerable.Range(0, scaled.Length).Select(k =>
        {
            var worst = (trial % Wide == 0 ? known : front).Max(point => point[k]);
            return worst + Beyond * (worst - known.Min(point => point[k]));
        })];
        foreach (var point in pending)
            known.Add([.. processes.Select(process => process.At(point).Mean)]);
        return FrontSlices.Of(Front(known), reference);
    }

    private (ImmutableArray<double> Position, double Gain) Search(
        GaussianProcess[] processes, FrontSlices region, ProposalRequest request, IReadOnlyList<ImmutableArray<double>> front)
    {
        var random = request.Random;
        var elites = Outcomes.Where(outcome => front.Contains(outcome.Values)).Select(outcome => outcome.Position).ToArray();
        var count = Options.Candidates * 100 / Math.Max(100, Outcomes.Count);
        var sobol = new SobolSequence(Space.Dimensions, random.NextULong());
        var candidate = new double[Space.Dimensions];
        var best = (Position: default(ImmutableArray<double>), Gain: 0.0);
        for (var i = 0; i < 2 * count; i++)
        {
            if (i < count)
                sobol.At((uint)i, candidate);
            else
                ModelMoves.Move(Space, candidate, elites[random.NextInt(elites.Length)], random);
            Try(candidate);
        }

        // Steps around the best, closer and closer: its slope is not at hand.
        for (var round = 0; round < Polishes && !best.Position.IsDefault; round++)
        {
            var (centre, scale) = (best.Position, 0.1 / (1 << (2 * round)));
            for (var i = 0; i < PolishMoves; i++)
            {
                for (var d = 0; d < candidate.Length; d++)
                {
                    candidate[d] = Space.Searched[d].Scale.IsCategorical || random.Happens(0.5) ? centre[d]
                        : Math.Clamp(centre[d] + scale * random.NextNormal(), 0, 1);
                }

                Try(candidate);
            }
        }

        return best;

        void Try(double[] at)
        {
            if (request.Explored.Accept(at) is not { IsDefault: false } position)
                return;
            double[] settled = [.. position];
            var gain = region.Improvement([.. processes.Select(process => process.At(settled))]);
            if (gain > best.Gain)
                best = (position, gain);
        }
    }

    private static List<ImmutableArray<double>> Front(IEnumerable<ImmutableArray<double>> points)
    {
        ImmutableArray<double>[] all = [.. points];
        var fronts = Pareto.Fronts(all);
        return [.. all.Where((_, i) => fronts[i] == 1)];
    }

    private static double Distance(ImmutableArray<double> a, ImmutableArray<double> b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
