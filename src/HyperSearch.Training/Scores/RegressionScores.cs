namespace HyperSearch.Training.Scores;

/// <summary>How far predicted numbers are from the true ones, in the target's own unit.</summary>
/// <param name="Rows">Number of examples.</param>
/// <param name="Rmse">Root of the mean squared error, √(Σ(y − ŷ)²/n).</param>
/// <param name="Mae">Mean absolute error, Σ|y − ŷ|/n.</param>
/// <param name="R2">Share of the variance that is explained, 1 − Σ(y − ŷ)²/Σ(y − ȳ)²: 1 is perfect, 0 no better than the mean; NaN when y
/// is constant.</param>
public sealed record RegressionScores(int Rows, double Rmse, double Mae, double R2)
{
    /// <summary>Scores predictions against the truth.</summary>
    /// <param name="actual">True targets y.</param>
    /// <param name="predicted">Predictions ŷ, one for each.</param>
    /// <exception cref="ArgumentException">The spans differ in length or are empty.</exception>
    public static RegressionScores Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        if (actual.Length != predicted.Length || actual.IsEmpty)
        {
            throw new ArgumentException(
                $"There are {actual.Length} targets and {predicted.Length} predictions; each of at least one example has one of each.",
                nameof(predicted));
        }
        double sum = 0, squares = 0, absolutes = 0, spread = 0;
        foreach (var target in actual)
            sum += target;
        var mean = sum / actual.Length;
        for (var i = 0; i < actual.Length; i++)
        {
            var miss = actual[i] - predicted[i];
            squares += miss * miss;
            absolutes += Math.Abs(miss);
            spread += (actual[i] - mean) * (actual[i] - mean);
        }
        return new RegressionScores(
            actual.Length,
            Math.Sqrt(squares / actual.Length),
            absolutes / actual.Length,
            actual.ContainsAnyExcept(actual[0]) ? 1 - (squares / spread) : double.NaN);
    }
}
