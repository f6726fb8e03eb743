namespace HyperSearch.Planning;

/// <summary>A metric and which way it is better.</summary>
/// <param name="Metric">Its name, such as <c>dev_error</c>.</param>
/// <param name="Maximize">Whether more is better.</param>
/// <example>
/// <code>
/// var options = new SearchOptions { Metric = "dev_error", Further = [new Goal("seconds"), new Goal("accuracy", Maximize: true)] };
/// </code>
/// </example>
public sealed record Goal(string Metric, bool Maximize = false)
{
    /// <summary>
    /// The metrics that every trial has: wall time in seconds (measured, so no two runs give the same campaign), epochs trained, and with
    /// the built-in trainer the number of weights and biases of the network.
    /// </summary>
    public const string Seconds = "seconds", Epochs = "epochs", Parameters = "parameters";

    /// <summary>Its name, such as <c>dev_error</c>.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string Metric { get; init => field = CheckedMetric(value); } = CheckedMetric(Metric);

    /// <summary>A trial's value, lower is better; <c>null</c> when it has none.</summary>
    internal double? CostOf(NamedMetrics metrics) => CostOf(metrics.Find(Metric));

    /// <inheritdoc cref="CostOf(NamedMetrics)"/>
    internal double? CostOf(IReadOnlyDictionary<string, double> metrics) =>
        CostOf(metrics.TryGetValue(Metric, out var value) ? value : null);

    private double? CostOf(double? value) => value is { } known && double.IsFinite(known) ? (Maximize ? -known : known) : null;

    /// <summary><c>minimize dev_error</c>.</summary>
    public override string ToString() => $"{(Maximize ? "maximize" : "minimize")} {Metric}";

    private static string CheckedMetric(string value) =>
        SearchLaw.Text(value, nameof(Metric), "Name what an objective reports, such as loss.");
}
