using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.Earlier;

/// <summary>
/// A sampler's state that is helped by models of earlier campaigns, as far as these rank what has been seen here: the ranking-weighted
/// ensemble.
/// </summary>
/// <remarks>
/// <para>A model's loss is the number of pairs of outcomes here that it puts in the wrong order; that of a model of the outcomes here is
/// counted by predicting each outcome without itself. Over samples of the outcomes, drawn with replacement, a model's weight is the share
/// in which its loss is least, ties being shared. An earlier model that is mostly worse than nine tenths of the losses of the model here
/// has none. With probability 1 − the weight of the model here the ensemble proposes where it expects the greatest improvement, else the
/// sampler itself does. It begins when three points that the search chose itself have been measured: those that the earlier campaigns gave
/// are good by all their models, and tell little of which to trust. Beyond <see cref="Most"/> outcomes the sampler knows enough, and is
/// left alone.</para>
/// <para>Feurer, Letham, Hutter and Bakshy, <see href="https://arxiv.org/abs/1802.02219">Practical Transfer Learning for Bayesian
/// Optimization</see> (2018). Where we differ: the ensemble proposes in turn with the sampler, whichever it is.</para>
/// </remarks>
/// <param name="Inner">The sampler's own state, which learns from every outcome.</param>
/// <param name="Models">The models of earlier campaigns.</param>
/// <param name="Space">The space.</param>
internal sealed record EarlierState(ISamplerState Inner, ImmutableArray<EarlierModel> Models, Space Space) : ISamplerState
{
    /// <summary>Beyond so many outcomes the earlier campaigns are not asked any more.</summary>
    public const int Most = 40;

    private const int Fewest = 4, FewestOwn = 3, Samples = 64, Candidates = 128, Elites = 3;

    /// <summary>The outcomes, in order; those without a value have +∞.</summary>
    public ImmutableList<ScoredTrial> Outcomes { get; init; } = [];

    /// <summary>How many of them are of points that the search chose itself.</summary>
    public int Own { get; init; }

    /// <summary>Whether models of earlier campaigns help a sampler with a problem: one that learns, with one metric.</summary>
    public static bool Helps(ISampler sampler, SamplingProblem problem) =>
        sampler is AutoSampler or GpSampler or CoarseToFineSampler or TpeSampler && problem is { Objectives: 1, Earlier.IsEmpty: false };

    /// <summary>A sampler's state with the help of a problem's earlier campaigns.</summary>
    public static ISamplerState Over(ISamplerState state, SamplingProblem problem)
    {
        bool[] categorical = [.. problem.Space.Searched.Select(parameter => parameter.Scale.IsCategorical)];
        ImmutableArray<EarlierModel> models =
            [.. problem.Earlier.Select(campaign => EarlierModel.Of(campaign, categorical)).OfType<EarlierModel>()];
        return models.IsEmpty ? state : new EarlierState(state, models, problem.Space);
    }

    public ISamplerState Observe(Observation observation)
    {
        var next = this with { Inner = Inner.Observe(observation) };
        return Outcomes.Count > Most ? next : next with
        {
            Own = observation.Origin.Kind == OriginKind.Enqueued ? Own : Own + 1,
            Outcomes = Outcomes.Add(
                new ScoredTrial(observation.Trial, observation.Value ?? double.PositiveInfinity, observation.Position)),
        };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        var helps = Outcomes.Count <= Most && Own >= FewestOwn && Outcomes.Count(outcome => double.IsFinite(outcome.Value)) >= Fewest;
        if (helps && Help(request) is { } help)
            return (help, this);
        var (proposal, inner) = Inner.Propose(request);
        return (proposal, this with { Inner = inner });
    }

    private Proposal? Help(ProposalRequest request)
    {
        bool[] categorical = [.. Space.Searched.Select(parameter => parameter.Scale.IsCategorical)];
        double[][] points = [.. Outcomes.Select(outcome => outcome.Position.ToArray())];
        var (values, _) = Standardized.Of([.. Outcomes.Select(outcome => outcome.Value)]);
        var parameters = EarlierModel.Parameters(points, values, categorical);
        double[][] predicted =
        [
            [.. Enumerable.Range(0, points.Length).Select(i => WithoutItself(i))],
            .. Models.Select(model => points.Select(point => model.Process.At(point).Mean).ToArray()),
        ];
        var weights = Weights(predicted, values, request.Random);
        if (request.Random.Happens(weights[0]))
            return null;
        double[][] all = [.. points, .. request.Pending.Values.Select(pending => pending.Position.ToArray())];
        return GaussianProcess.On(all, values, categorical, parameters) is { } own ? Propose(request, own, weights, values) : null;

        double WithoutItself(int i)
        {
            double[][] others = [.. points[..i], .. points[(i + 1)..]];
            return GaussianProcess.On(others, [.. values[..i], .. values[(i + 1)..]], categorical, parameters)?.At(points[i]).Mean ?? 0;
        }
    }

    /// <summary>The weight of the model here, then of each earlier one; they add up to 1.</summary>
    /// <param name="predicted">By model what it predicts of each outcome.</param>
    /// <param name="values">The outcomes.</param>
    /// <param name="random">Draws samples of the outcomes.</param>
    internal static double[] Weights(double[][] predicted, double[] values, RandomStream random)
    {
        var losses = new int[Samples][];
        for (var s = 0; s < Samples; s++)
        {
            int[] rows = [.. values.Select(_ => random.NextInt(values.Length))];
            losses[s] = Array.ConvertAll(predicted, model => Misranked(model, values, rows));
        }

        int[] own = [.. losses.Select(loss => loss[0]).Order()];
        var bar = own[Samples * 9 / 10];
        bool[] counts = [.. predicted.Select((_, m) => m == 0 || losses.Select(loss => loss[m]).Order().ElementAt(Samples / 2) <= bar)];
        var weights = new double[predicted.Length];
        foreach (var loss in losses)
        {
            int[] least = [.. Enumerable.Range(0, loss.Length).Where(m => counts[m])];
            least = [.. least.Where(m => loss[m] == least.Min(other => loss[other]))];
            foreach (var m in least)
                weights[m] += 1.0 / least.Length / Samples;
        }

        return weights;
    }

    private static int Misranked(double[] predicted, double[] values, int[] rows)
    {
        var wrong = 0;
        foreach (var i in rows)
        {
            foreach (var j in rows)
                wrong += (predicted[i] < predicted[j]) != (values[i] < values[j]) ? 1 : 0;
        }

        return wrong;
    }

    private Proposal? Propose(ProposalRequest request, GaussianProcess own, double[] weights, double[] values)
    {
        var (random, least) = (request.Random, values.Min());
        var asked = Models.Where((_, m) => weights[m + 1] > 0).ToList();
        var centres = Outcomes.OrderBy(outcome => outcome.Value).Take(Elites).Select(outcome => outcome.Position)
            .Concat(asked.SelectMany(model => model.Best)).ToArray();
        var sobol = new SobolSequence(Space.Dimensions, random.NextULong());
        var candidate = new double[Space.Dimensions];
        var best = (Position: default(ImmutableArray<double>), LogImprovement: double.NegativeInfinity);
        for (var i = 0; i < 2 * Candidates; i++)
        {
            if (i < Candidates)
                sobol.At((uint)i, candidate);
            else
                ModelMoves.Move(Space, candidate, centres[random.NextInt(centres.Length)], random);
            if (request.Explored.Accept(candidate) is not { IsDefault: false } position)
                continue;
            var (mean, deviation) = Ensemble([.. position]);
            var improvement = ExpectedImprovement.At((least - mean) / deviation).LogH + PortableMath.Log(deviation);
            if (improvement > best.LogImprovement)
                best = (position, improvement);
        }

        if (best.Position.IsDefault)
            return null;
        var most = asked.Select(model => (model.Campaign, Weight: weights[1 + Models.IndexOf(model)]))
            .OrderByDescending(model => model.Weight).Take(3)
            .Select(model => FormattableString.Invariant($"{model.Campaign} ({model.Weight:P0})"));
        var note = "earlier campaigns that rank what was seen here helped to choose it: " + string.Join(", ", most);
        return new Proposal(best.Position, new Origin(OriginKind.Model)
        {
            Around = [Outcomes.MinBy(outcome => outcome.Value)!.Trial],
            LogExpectedImprovement = best.LogImprovement,
            Note = note,
        });

        (double Mean, double Deviation) Ensemble(double[] point)
        {
            var (mean, variance) = (0.0, 0.0);
            for (var m = 0; m < weights.Length; m++)
            {
                if (weights[m] == 0)
                    continue;
                var (at, deviation) = (m == 0 ? own : Models[m - 1].Process).At(point);
                (mean, variance) = (mean + weights[m] * at, variance + weights[m] * weights[m] * deviation * deviation);
            }

            return (mean, Math.Sqrt(variance));
        }
    }
}
