using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>
/// Chooses from the trials of several earlier campaigns those that do well together: whatever campaign a new search resembles, one of them
/// is good there.
/// </summary>
/// <remarks>
/// <para>
/// A trial was measured in one campaign only; what it would have been worth in another one is the mean of a Gaussian process through that
/// one's trials. There its worth is the share of trials that are better, so that campaigns count alike, whatever they measured and however
/// widely.
/// </para>
/// <para>
/// The first configuration has the least sum of shares over all campaigns; each further one lowers most the sum of the least shares so far.
/// A greedy choice, after Wistuba, Schilling and Schmidt-Thieme, Sequential Model-free Hyperparameter Tuning (2015).
/// </para>
/// </remarks>
internal static class Portfolio
{
    private const int Modelled = 100, Leaders = 50, Candidates = 20, FitSteps = 30;
    private static readonly ProcessPrior Prior = ProcessPrior.OfFirstEdition;

    /// <summary>Chooses.</summary>
    /// <param name="campaigns">The trials of each campaign, the best first; none is empty.</param>
    /// <param name="space">The space of the new search.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Campaigns and trials by their places, in the order of choice.</returns>
    public static ImmutableArray<(int Campaign, int Trial)> Choose(
        IReadOnlyList<ImmutableArray<CarriedTrial>> campaigns, Space space, int count)
    {
        bool[] categorical = [.. space.Searched.Select(parameter => parameter.Scale.IsCategorical)];
        var worths = campaigns.Select(trials => Worth.In(trials, categorical)).ToArray();
        var candidates = Enumerable.Range(0, campaigns.Count)
            .SelectMany(place => Enumerable.Range(0, Math.Min(Candidates, campaigns[place].Length)).Select(trial =>
                (Campaign: place, Trial: trial, Shares: worths.Select(worth => worth.ShareAhead(campaigns[place][trial])).ToArray())))
            .DistinctBy(candidate => string.Join(' ', campaigns[candidate.Campaign][candidate.Trial].Position))
            .ToList();
        var reached = Enumerable.Repeat(1.0, campaigns.Count).ToArray();
        var chosen = ImmutableArray.CreateBuilder<(int Campaign, int Trial)>();
        while (chosen.Count < count && candidates.Count > 0)
        {
            var next = candidates.MinBy(candidate => candidate.Shares.Zip(reached, Math.Min).Sum());
            reached = [.. next.Shares.Zip(reached, Math.Min)];
            candidates.Remove(next);
            chosen.Add((next.Campaign, next.Trial));
        }

        return chosen.ToImmutable();
    }

    /// <summary>What configurations are worth in one campaign.</summary>
    private sealed class Worth
    {
        private readonly double[] _sorted;
        private readonly Func<double[], double> _expected;

        private Worth(double[] sorted, Func<double[], double> expected) => (_sorted, _expected) = (sorted, expected);

        /// <summary>Fits a process to the best trials of a campaign and an even sample of the others.</summary>
        public static Worth In(ImmutableArray<CarriedTrial> trials, bool[] categorical)
        {
            var rows = trials.Length <= Modelled ? trials
                : [.. trials.Take(Leaders), .. Enumerable.Range(0, Modelled - Leaders)
                    .Select(i => trials[Leaders + i * (trials.Length - Leaders) / (Modelled - Leaders)])];
            double[][] points = [.. rows.Select(row => row.Position.ToArray())];
            var (values, _) = Standardized.Of([.. rows.Select(row => row.Value)]);
            var parameters = Bfgs.Minimize(
                (x, gradient) => GaussianProcess.Loss(points, values, categorical, x, gradient, Prior), Prior.Start(categorical.Length),
                -12, 5, FitSteps).X;
            var process = GaussianProcess.On(points, values, categorical, parameters);
            double[] sorted = [.. values.Order()];
            return new Worth(sorted, process is null ? _ => sorted[^1] : point => process.At(point).Mean);
        }

        /// <summary>The share of this campaign's trials that are better than a trial of any campaign.</summary>
        public double ShareAhead(CarriedTrial trial)
        {
            var expected = _expected([.. trial.Position]);
            var ahead = Array.BinarySearch(_sorted, expected);
            return (double)(ahead < 0 ? ~ahead : ahead) / _sorted.Length;
        }
    }
}
