using HyperSearch.Planning;

namespace HyperSearch.Web.Following;

/// <summary>The median of the trials that have ended, epoch by epoch: what a trial under way is seen against.</summary>
internal static class MedianCurve
{
    private const int MostTrials = 300, MostEpochs = 200;

    /// <summary>The median at each epoch that at least three of the trials have measured; of many trials a few hundred, evenly
    /// spread.</summary>
    /// <param name="trials">The trials, by number.</param>
    /// <param name="metric">The metric.</param>
    public static IReadOnlyList<(int Epoch, double Value)> Of(IReadOnlyList<Trial> trials, string metric)
    {
        var stride = Math.Max(1, trials.Count / MostTrials);
        var values = new SortedDictionary<int, List<double>>();
        for (var index = 0; index < trials.Count; index += stride)
        {
            var (curve, column) = (trials[index].Curve, trials[index].Curve.Column(metric));
            for (var row = 0; row < column.Length; row++)
            {
                if (!double.IsFinite(column[row]))
                    continue;
                if (!values.TryGetValue(curve.Epochs[row], out var seen))
                    values[curve.Epochs[row]] = seen = [];
                seen.Add(column[row]);
            }
        }

        var medians = values.Where(entry => entry.Value.Count >= 3).Select(entry => (entry.Key, Median(entry.Value))).ToList();
        var step = Math.Max(1, medians.Count / MostEpochs);
        return [.. medians.Where((_, index) => index % step == 0)];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}
