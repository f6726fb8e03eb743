namespace HyperSearch.Training.Scores;

/// <summary>How far the figures of some rows lie from those of all rows of their kind, and the figures that an answer that looks at no
/// input would give.</summary>
/// <param name="Cost">Standard error of the mean cost: the deviation of the rows' costs over √rows.</param>
/// <param name="Rmse">
/// Regression: standard error of the rmse, from the squared residuals: their deviation/(2·rmse·√rows); null otherwise.
/// </param>
/// <param name="R2">Regression: standard error of R² = 1 − m/v, from (e² − (m/v)·(y − ȳ)²)/v of each row, m = mean e², v = mean (y − ȳ)²;
/// null otherwise.</param>
/// <param name="BaselineError">The error of always answering these rows' commonest class; for regression their mean, whose 1 − R² is
/// 1.</param>
/// <param name="BaselineRmse">Regression: the rmse of always answering the mean of these rows; null otherwise.</param>
public sealed record SamplingErrors(double Cost, double? Rmse, double? R2, double BaselineError, double? BaselineRmse)
{
    /// <summary>That of classes.</summary>
    /// <param name="costs">The cost of each row.</param>
    /// <param name="labels">The class of each row.</param>
    public static SamplingErrors Of(ReadOnlySpan<double> costs, ReadOnlySpan<int> labels)
    {
        var counts = new Dictionary<int, int>();
        foreach (var label in labels)
            counts[label] = counts.GetValueOrDefault(label) + 1;
        return new(StandardError(costs), null, null, 1 - (double)counts.Values.Max() / labels.Length, null);
    }

    /// <summary>That of numbers.</summary>
    /// <param name="costs">The cost of each row.</param>
    /// <param name="actual">The target of each row.</param>
    /// <param name="predicted">The answer for each row.</param>
    public static SamplingErrors Of(ReadOnlySpan<double> costs, ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        double[] squares = new double[actual.Length], spreads = new double[actual.Length];
        var mean = Mean(actual);
        for (var i = 0; i < actual.Length; i++)
            (squares[i], spreads[i]) = ((actual[i] - predicted[i]) * (actual[i] - predicted[i]), (actual[i] - mean) * (actual[i] - mean));
        var (miss, spread) = (Mean(squares), Mean(spreads));
        var rmse = Math.Sqrt(miss);
        double[] shares = [.. squares.Zip(spreads, (square, own) => (square - miss / spread * own) / spread)];
        return new(StandardError(costs), rmse > 0 ? StandardError(squares) / (2 * rmse) : 0, spread > 0 ? StandardError(shares) : null, 1,
            Math.Sqrt(spread));
    }

    /// <summary>The standard error of the mean of a cost that is known of each row.</summary>
    /// <param name="costs">The cost of each row.</param>
    internal static double OfCosts(ReadOnlySpan<float> costs)
    {
        var values = new double[costs.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = costs[i];
        return StandardError(values);
    }

    private static double StandardError(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
            return double.PositiveInfinity;
        var (mean, sum) = (Mean(values), 0.0);
        foreach (var value in values)
            sum += (value - mean) * (value - mean);
        return Math.Sqrt(sum / (values.Length - 1) / values.Length);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }
}
