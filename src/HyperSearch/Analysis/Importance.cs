using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>Which hyperparameters matter: functional ANOVA over the whole space, PED-ANOVA among the good trials.</summary>
public static class Importance
{
    private const int FewestTrials = 16;
    private const int MostTrials = 600;
    private const int Resamples = 6;

    /// <summary>The reports of campaigns at a moment: the diagnosis and two pictures ask for the same one.</summary>
    private static readonly ConditionalWeakTable<CampaignSnapshot, Lazy<ImportanceReport>> Known = [];

    /// <summary>Estimates the importance of every searched hyperparameter and pair.</summary>
    /// <param name="snapshot">Trials without a value are left out; of more than 600 an even choice is used.</param>
    /// <param name="seed">Of the forest. Default 0: the same campaign always gives the same figures.</param>
    public static ImportanceReport Of(CampaignSnapshot snapshot, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return seed == 0
            ? Known.GetValue(snapshot, static asked => new Lazy<ImportanceReport>(() => Estimate(asked, 0))).Value
            : Estimate(snapshot, seed);
    }

    /// <summary>The importance for one of the metrics that are traded off.</summary>
    /// <param name="snapshot">The campaign.</param>
    /// <param name="goal">The metric.</param>
    internal static ImportanceReport Of(CampaignSnapshot snapshot, Goal goal) => goal.Metric == snapshot.Search.Metric
        ? Of(snapshot)
        : Of(snapshot with
        {
            Search = snapshot.Search with { Metric = goal.Metric, Maximize = goal.Maximize, Further = [] },
            Trials = [.. snapshot.Trials.Select(trial => trial with
            {
                Value = goal.CostOf(trial.Measured) is { } cost ? (goal.Maximize ? -cost : cost) : null,
            })],
        });

    private static ImportanceReport Estimate(CampaignSnapshot snapshot, ulong seed)
    {
        if (snapshot.Search.Space.Dimensions == 0)
            return new ImportanceReport { TooFew = "Every hyperparameter is fixed." };
        var (points, values) = Gather(snapshot, MostTrials);
        if (points.Length < FewestTrials)
        {
            return new ImportanceReport
            {
                Trials = points.Length,
                TooFew = $"Importance needs at least {FewestTrials} trials with a value; there are {points.Length}.",
            };
        }

        if (values.All(value => value == values[0]))
        {
            return new ImportanceReport
            {
                Trials = points.Length,
                Tied = points.Length,
                TooFew = $"All {points.Length} trials have the same value, so no hyperparameter made a difference that could be measured.",
            };
        }

        return Estimate(snapshot, points, values, RandomStream.For(seed, 0, "importance"));
    }

    /// <summary>The searched hyperparameters from the most to the least important, quickly: by one small forest; in the order of the space
    /// while trials are too few.</summary>
    internal static ImmutableArray<string> Order(CampaignSnapshot snapshot)
    {
        var names = snapshot.Search.Space.Searched.Select(parameter => parameter.Name).ToImmutableArray();
        var (points, values) = Gather(snapshot, 300);
        if (names.IsEmpty || points.Length < FewestTrials)
            return names;
        var shares = Fanova.Shares(points, values, [.. Enumerable.Range(0, points.Length)], [], RandomStream.For(0, 0, "order")).Singles;
        return [.. names.Select((name, d) => (name, shares[d])).OrderByDescending(entry => entry.Item2).Select(entry => entry.name)];
    }

    /// <summary>Positions and values scaled to [0, 1], the best first; of too many an even choice.</summary>
    private static (double[][] Points, double[] Values) Gather(CampaignSnapshot snapshot, int most)
    {
        var space = snapshot.Search.Space;
        Trial[] ranked = [.. Ranking.Valued(Ranking.Order(
            snapshot.Trials.Where(trial => trial.State is OutcomeState.Completed or OutcomeState.Stopped), snapshot.Search.Maximize))
            .Where(Fits)];
        if (ranked.Count(trial => trial.State == OutcomeState.Completed) >= FewestTrials)
            ranked = [.. ranked.Where(trial => trial.State == OutcomeState.Completed)];
        if (ranked.Length > most)
            ranked = [.. Enumerable.Range(0, most).Select(i => ranked[(int)((long)i * ranked.Length / most)])];
        var values = ranked.Select(trial => trial.RankValue!.Value).ToArray();
        Scale(values);
        return (ranked.Select(trial => space.PositionOf(trial.Point).ToArray()).ToArray(), values);

        bool Fits(Trial trial)
        {
            foreach (var parameter in space.Searched)
            {
                if (trial.Point.TryGetValue(parameter.Name, out var value) && !parameter.Scale.Contains(value))
                    return false;
            }

            return true;
        }
    }

    private static ImportanceReport Estimate(CampaignSnapshot snapshot, double[][] points, double[] values, RandomStream random)
    {
        var names = snapshot.Search.Space.Searched.Select(parameter => parameter.Name).ToArray();
        var pairs = Pairs(points, values, names.Length, random);
        var singles = new double[Resamples][];
        var interactions = new double[Resamples][];
        var good = new double[Resamples][];
        var top = new double[Resamples][];
        var tied = values.TakeWhile(value => value == values[0]).Count();
        var tellsTheBest = 2 * tied <= points.Length;
        for (var r = 0; r < Resamples; r++)
        {
            // The first resample is the trials as they are; the others draw them with repetition.
            var rows = Enumerable.Range(0, points.Length).Select(row => r == 0 ? row : random.NextInt(points.Length)).Order().ToArray();
            (singles[r], interactions[r]) = Fanova.Shares(points, values, rows, pairs, random);
            var drawn = rows.Select(row => points[row]).ToArray(); // rows ascend, and so do values: the best stays first
            var best = WithTies(Math.Max(5, points.Length / 10));
            good[r] = tellsTheBest ? PedAnova.Shares(drawn, best, points.Length) : new double[names.Length];
            top[r] = tellsTheBest
                ? PedAnova.Shares(drawn, best, WithTies(Math.Min(points.Length, Math.Max(2 * best, points.Length / 2))))
                : new double[names.Length];

            // Which of several equal trials are among the first is an accident.
            int WithTies(int count) => count + rows.Skip(count).TakeWhile(row => values[row] == values[rows[count - 1]]).Count();
        }

        return new ImportanceReport
        {
            Trials = points.Length,
            Tied = tied,
            TellsTheBest = tellsTheBest,
            Parameters =
            [
                .. names.Select((name, d) => new ParameterImportance(name, Mean(singles, d), Spread(singles, d), Mean(good, d),
                    Spread(good, d), Mean(top, d), Spread(top, d)))
                    .OrderByDescending(importance => importance.Share),
            ],
            Pairs =
            [
                .. pairs.Select((pair, p) => new PairImportance(names[pair.A], names[pair.B], Mean(interactions, p),
                    Spread(interactions, p))).OrderByDescending(pair => pair.Share),
            ],
        };
    }

    /// <summary>All pairs of up to ten dimensions, else those among the ten that matter most.</summary>
    private static ImmutableArray<(int A, int B)> Pairs(double[][] points, double[] values, int dimensions, RandomStream random)
    {
        var chosen = Enumerable.Range(0, dimensions).ToArray();
        if (dimensions > 10)
        {
            var shares = Fanova.Shares(points, values, [.. Enumerable.Range(0, points.Length)], [], random).Singles;
            chosen = [.. chosen.OrderByDescending(d => shares[d]).Take(10).Order()];
        }

        return [.. chosen.SelectMany((a, i) => chosen.Skip(i + 1).Select(b => (a, b)))];
    }

    /// <summary>To [0, 1], so that squares neither overflow nor vanish.</summary>
    private static void Scale(double[] values)
    {
        if (values.Length == 0)
            return;
        var low = values.Min();
        var range = values.Max() / 2 - low / 2;
        for (var i = 0; i < values.Length; i++)
            values[i] = range > 0 ? (values[i] / 2 - low / 2) / range : 0;
    }

    private static double Mean(double[][] shares, int index) => shares.Average(share => share[index]);

    private static double Spread(double[][] shares, int index)
    {
        var mean = Mean(shares, index);
        return Math.Sqrt(shares.Sum(share => (share[index] - mean) * (share[index] - mean)) / (shares.Length - 1));
    }
}
