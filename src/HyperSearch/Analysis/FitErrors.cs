using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>Finds the pair of metrics, train and dev, that bias and variance are read from.</summary>
/// <param name="Train">The training set's metric, for instance <c>train_error</c>.</param>
/// <param name="Dev">The dev set's, for instance <c>dev_error</c>.</param>
/// <param name="Complement">Whether the metrics are accuracies; 1 − x is then the error.</param>
internal sealed record FitErrors(string Train, string Dev, bool Complement)
{
    private static readonly string[] DevSets = ["dev", "val", "valid", "validation", "eval"];

    /// <summary>The metric without its set.</summary>
    public string Metric => Complement ? "error" : Dev[(Dev.IndexOf('_', StringComparison.Ordinal) + 1)..];

    public bool IsShare => Complement || Metrics.IsShare(Dev);

    /// <summary>The search's own metric when it comes in a pair, else an error, an accuracy, or whatever pair the trials have.</summary>
    public static FitErrors? Of(CampaignSnapshot snapshot)
    {
        var names = NamedMetrics.NamesOf(snapshot.Trials).Order(StringComparer.Ordinal).ToArray();
        var order = names.Where(name => name == snapshot.Search.Metric)
            .Concat(names.Where(name => name.EndsWith("_error", StringComparison.Ordinal)).OrderBy(name => name.Length))
            .Concat(names.Where(name => name.EndsWith("_accuracy", StringComparison.Ordinal)))
            .Concat(names);
        foreach (var dev in order)
        {
            var cut = dev.IndexOf('_', StringComparison.Ordinal);
            if (cut < 0 || !DevSets.Contains(dev[..cut]))
                continue;
            var train = "train" + dev[cut..];
            if (!names.Contains(train))
                continue;
            var accuracy = dev.EndsWith("accuracy", StringComparison.Ordinal);
            if (accuracy || Metrics.MoreIsBetter(dev) != true)
                return new FitErrors(train, dev, accuracy);
        }

        return null;
    }

    /// <summary>A trial's two errors, where it was confirmed their means over its repeats; <c>null</c> when it lacks one.</summary>
    public (double Train, double Dev)? Read(Trial trial)
    {
        var known = trial.WholeRepeats.Select(repeat => Read(repeat.Measured)).OfType<(double Train, double Dev)>().ToArray();
        return known.Length == 0 ? Read(trial.Measured) : (known.Average(errors => errors.Train), known.Average(errors => errors.Dev));
    }

    private (double Train, double Dev)? Read(NamedMetrics metrics) =>
        metrics.Find(Train) is { } train && metrics.Find(Dev) is { } dev
            ? Complement ? (1 - train, 1 - dev) : (train, dev)
            : null;
}
