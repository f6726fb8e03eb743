using System.Globalization;
namespace HyperSearch.Training.Data;

/// <summary>Means and deviations of the columns of a matrix, in two passes in double precision, in one fixed order.</summary>
internal static class Statistics
{
    /// <summary>Normalization of each column by its own mean and deviation.</summary>
    /// <param name="rows">Training rows, at least one.</param>
    /// <param name="names">Names of the columns, for messages.</param>
    /// <param name="origin">Where the rows came from, for messages.</param>
    /// <exception cref="DataException">A column spans more than single precision holds.</exception>
    public static Normalization PerFeature(FeatureMatrix rows, IReadOnlyList<string> names, string origin)
    {
        var (means, variances) = Moments(rows, rows.Columns, names, origin);
        return Of(means, variances);
    }

    /// <summary>Normalization of all pixels of a channel by one mean and deviation, so that a picture keeps its looks.</summary>
    /// <param name="rows">Training rows, at least one.</param>
    /// <param name="channels">Values in a pixel; they lie side by side.</param>
    /// <param name="names">Names of the columns, for messages.</param>
    /// <param name="origin">Where the rows came from, for messages.</param>
    public static Normalization PerChannel(FeatureMatrix rows, int channels, IReadOnlyList<string> names, string origin)
    {
        var (means, variances) = Moments(rows, channels, names, origin);
        var repeated = Enumerable.Range(0, rows.Columns).Select(column => column % channels).ToArray();
        return Of([.. repeated.Select(channel => means[channel])], [.. repeated.Select(channel => variances[channel])]);
    }

    /// <summary>Leaves everything as it is.</summary>
    public static Normalization None(int features) => new([.. Enumerable.Repeat(0f, features)], [.. Enumerable.Repeat(1f, features)]);

    /// <summary>Mean and population deviation of targets.</summary>
    public static TargetScale Target(ReadOnlySpan<double> targets)
    {
        double sum = 0, squares = 0;
        foreach (var target in targets)
            sum += target;
        var mean = sum / targets.Length;
        foreach (var target in targets)
            squares += (target - mean) * (target - mean);
        return new TargetScale(mean, targets.ContainsAnyExcept(targets[0]) ? Math.Sqrt(squares / targets.Length) : 0);
    }

    private static Normalization Of(double[] means, double[] variances)
    {
        var scales = variances.Select(static variance => variance > 0 ? (float)(1 / Math.Sqrt(variance)) : 0f)
            .Select(static scale => float.IsFinite(scale) ? scale : 0f);
        return new Normalization([.. means.Select(static mean => (float)mean)], [.. scales]);
    }

    /// <summary>Moments of <paramref name="groups"/> groups of columns; column c belongs to group c mod groups.</summary>
    private static (double[] Means, double[] Variances) Moments(FeatureMatrix rows, int groups, IReadOnlyList<string> names, string origin)
    {
        double[] means = new double[groups], variances = new double[groups];
        float[] low = [.. Enumerable.Repeat(float.MaxValue, groups)], high = [.. Enumerable.Repeat(float.MinValue, groups)];
        var count = (double)rows.Rows * (rows.Columns / groups);
        for (var row = 0; row < rows.Rows; row++)
        {
            var features = rows.Row(row);
            for (int column = 0, group = 0; column < features.Length; column++, group = group + 1 == groups ? 0 : group + 1)
            {
                var value = features[column];
                means[group] += value;
                low[group] = Math.Min(low[group], value);
                high[group] = Math.Max(high[group], value);
            }
        }
        for (var group = 0; group < groups; group++)
        {
            means[group] /= count;
            if (!float.IsFinite(high[group] - low[group]))
                throw new DataException(string.Create(CultureInfo.InvariantCulture,
                    $"{origin}: the values of column \"{names[group]}\" reach from {low[group]:R} to {high[group]:R}, further than " +
                    $"single precision holds. Rescale the column."));
        }
        for (var row = 0; row < rows.Rows; row++)
        {
            var features = rows.Row(row);
            for (int column = 0, group = 0; column < features.Length; column++, group = group + 1 == groups ? 0 : group + 1)
            {
                var difference = features[column] - means[group];
                variances[group] += difference * difference;
            }
        }
        for (var group = 0; group < groups; group++)
            variances[group] = high[group] > low[group] ? variances[group] / count : 0;
        return (means, variances);
    }
}
