using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>How far the leaders are apart compared with the noise, and how exact a test error is.</summary>
public static class Sureness
{
    /// <summary>How many completed trials cannot be told from the best: within two standard errors of the difference of two shares measured on the same number of rows.</summary>
    /// <param name="snapshot">The campaign.</param>
    /// <param name="devRows">Rows of the dev set.</param>
    /// <returns>The number, the best included; <c>null</c> when the metric is no share or no trial has a value.</returns>
    /// <remarks>Standard error of one share: √(p(1 − p)/rows). On the same dev set errors are correlated, so this is the cautious side.</remarks>
    public static int? IndistinguishableFromBest(CampaignSnapshot snapshot, int devRows)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentOutOfRangeException.ThrowIfLessThan(devRows, 1);
        if (!Metrics.IsShare(snapshot.Search.Metric) || Ranking.Best(snapshot)?.Value is not (>= 0 and <= 1 and var best))
            return null;
        var margin = 2 * Math.Sqrt(2 * best * (1 - best) / devRows);
        return snapshot.Trials.Count(trial => trial.State == OutcomeState.Completed && trial.Value is { } value && Math.Abs(value - best) <= margin);
    }

    /// <summary>The 95 % interval of a share p measured on n rows: Wilson's score interval, with z = 1.96.</summary>
    /// <param name="share">p, in [0, 1].</param>
    /// <param name="rows">n, at least 1.</param>
    /// <remarks>Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).</remarks>
    public static (double Low, double High) Interval(double share, int rows)
    {
        if (share is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        const double z = 1.959963984540054;
        var centre = (share + z * z / (2 * rows)) / (1 + z * z / rows);
        var half = z / (1 + z * z / rows) * Math.Sqrt(share * (1 - share) / rows + z * z / (4.0 * rows * rows));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
