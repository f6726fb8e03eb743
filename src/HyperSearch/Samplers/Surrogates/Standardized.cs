namespace HyperSearch.Samplers.Surrogates;

/// <summary>Outcomes as a model likes them: mean 0, variance 1, bad ones pulled in so that the good ones can be told apart.</summary>
internal static class Standardized
{
    /// <summary>Pulls values in to median + 2·(median − 10th percentile), those without a value (+∞) too, and standardizes them.</summary>
    /// <param name="outcomes">At least one of them finite.</param>
    /// <param name="keep">No value up to this one is pulled in. Default: any may be.</param>
    /// <returns>The values, and the deviation that was divided by.</returns>
    public static (double[] Values, double Deviation) Of(double[] outcomes, double keep = double.NegativeInfinity)
    {
        var sorted = Array.FindAll(outcomes, double.IsFinite);
        Array.Sort(sorted);
        double median = sorted[sorted.Length / 2], good = sorted[sorted.Length / 10];
        var cap = median > good ? Math.Max(keep, median + 2 * (median - good)) : sorted[^1];
        var values = new double[outcomes.Length];
        double sum = 0, squares = 0;
        for (var i = 0; i < values.Length; i++)
            sum += values[i] = Math.Min(outcomes[i], cap);
        var mean = sum / values.Length;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        var deviation = squares > 0 ? Math.Sqrt(squares / values.Length) : 1;
        foreach (ref var value in values.AsSpan())
            value = (value - mean) / deviation;
        return (values, deviation);
    }
}
