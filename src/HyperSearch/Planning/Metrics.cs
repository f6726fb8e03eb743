namespace HyperSearch.Planning;

/// <summary>The meaning of metrics' names: which direction is better, which set they were measured on, how to write them for
/// people.</summary>
public static class Metrics
{
    private static readonly string[] HigherIsBetter =
        ["accuracy", "r2", "f1", "auc", "precision", "recall", "score", "reward", "likelihood"];

    private static readonly string[] LowerIsBetter =
        ["error", "cost", "loss", "rmse", "mse", "mae", "seconds", "time", "entropy", "perplexity", "bytes", "regret", "epochs", "nll"];

    /// <summary>Whether more of a metric is better, as far as its name tells.</summary>
    /// <param name="name">Such as <c>dev_error</c> (lower) or <c>val_accuracy</c> (higher).</param>
    /// <returns><c>null</c> when the name does not tell.</returns>
    public static bool? MoreIsBetter(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = name.ToLowerInvariant().Split('_', '-', '.', ' ');
        for (var i = words.Length - 1; i >= 0; i--)
        {
            if (LowerIsBetter.Contains(words[i]))
                return false;
            if (HigherIsBetter.Contains(words[i]))
                return true;
        }

        return null;
    }

    /// <summary>Whether a metric is a share, so that it can be written as a percentage.</summary>
    public static bool IsShare(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith("_error", StringComparison.OrdinalIgnoreCase) || name.EndsWith("accuracy", StringComparison.OrdinalIgnoreCase)
            || name.Equals("error", StringComparison.OrdinalIgnoreCase);
    }
}
