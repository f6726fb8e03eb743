using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.Gp;

/// <summary>What differs between the editions of <see cref="GpSampler"/>.</summary>
/// <param name="Plain">The beliefs about the model of inputs as they are, before any outcome.</param>
/// <param name="Warps">Whether there is a model of warped inputs too.</param>
/// <param name="Early">Below so many outcomes the model of warped inputs has a trend, and both models count by their evidence.</param>
/// <param name="Opening">How many trials are proposed before the model is asked.</param>
/// <param name="Fantasies">Over how many samples of the pending values the expected improvement is averaged; 0 for their
/// expectations.</param>
/// <param name="Spread">The deviation of log ℓ in the models that are asked beside the likeliest one while no trial is pending; 0 for
/// none.</param>
internal sealed record GpLaw(ProcessPrior Plain, bool Warps, int Early, int Opening, int Fantasies, double Spread = 0)
{
    /// <summary>
    /// Where one model is chosen: by how much the log posterior density with warped inputs must be greater before it is believed. Two
    /// parameters more for each input always explain a little better.
    /// </summary>
    private const double Doubt = 3;

    /// <summary>Where both models count: one that is less likely than the other by this factor does not.</summary>
    private const double LeastShare = 0.01;

    private const double Reach = 0.3;

    private const int EarlyPerDimension = 4;

    private const double TypicalSpread = 0.4;

    /// <summary>The law of a problem's edition.</summary>
    public static GpLaw Of(GpSampler options, SamplingProblem problem)
    {
        var dimensions = problem.Space.Dimensions;
        return problem.Edition switch
        {
            LawEdition.First => new GpLaw(ProcessPrior.OfFirstEdition, false, 0, options.Design * problem.Slots, 0),
            LawEdition.Second => new GpLaw(PriorFor(dimensions), true, 0, options.Design, 4),
            LawEdition.Third => new GpLaw(PriorFor(dimensions), true, EarlyFor(problem.Space), options.Design, 4),
            _ => new GpLaw(PriorFor(dimensions), true, EarlyFor(problem.Space), options.Design, 4, TypicalSpread),
        };
    }

    /// <summary>The kinds of models for so many outcomes, by the beliefs about each before any outcome.</summary>
    public ImmutableArray<ProcessPrior> Models(int outcomes) =>
        Warps ? [Plain, Plain with { Warps = true, HasTrend = outcomes < Early }] : [Plain];

    /// <summary>The models that count, and the logarithm of the share of each.</summary>
    /// <param name="fitted">A model of each kind.</param>
    private static IEnumerable<(FittedProcess Model, double LogShare)> Believed(ImmutableArray<FittedProcess> fitted)
    {
        if (!fitted[^1].Prior.HasTrend)
            return [(fitted[^1].Loss < fitted[0].Loss - Doubt ? fitted[^1] : fitted[0], 0)];
        var least = fitted.Min(model => model.Loss);
        return fitted.Select(model => (model, least - model.Loss)).Where(one => one.Item2 > PortableMath.Log(LeastShare));
    }

    /// <summary>
    /// The models that a decision asks: those that count and, while no trial is pending, beside each two whose log length scales differ
    /// from its own by a random vector and by the opposite one. What the outcomes do not tell apart is not taken for known, and a search
    /// that has settled looks elsewhere again. Samples of pending values do as much.
    /// </summary>
    /// <param name="fitted">A model of each kind.</param>
    /// <param name="dimensions">How many length scales a model has.</param>
    /// <param name="pending">How many trials are pending.</param>
    /// <param name="random">The decision's stream.</param>
    public IEnumerable<(FittedProcess Model, double LogShare)> Asked(
        ImmutableArray<FittedProcess> fitted, int dimensions, int pending, RandomStream random)
    {
        foreach (var (model, share) in Believed(fitted))
        {
            yield return (model, share);
            if (Spread == 0 || pending > 0)
                continue;
            double[] away = [.. Enumerable.Range(0, dimensions).Select(_ => Spread * random.NextNormal())];
            yield return (model.Shifted(away), share);
            yield return (model.Shifted([.. away.Select(one => -one)]), share);
        }
    }

    /// <summary>A parameter that is there only under a condition stands at ½ elsewhere, so that its trend would mean nothing.</summary>
    private static int EarlyFor(Space space) =>
        space.Searched.Any(parameter => !parameter.When.IsEmpty) ? 0 : EarlyPerDimension * space.Dimensions;

    /// <summary>Length scales around 0.3·√D, because distances in a cube grow so.</summary>
    private static ProcessPrior PriorFor(int dimensions) => new(PortableMath.Log(Reach * Math.Sqrt(Math.Max(1, dimensions))), false);
}
