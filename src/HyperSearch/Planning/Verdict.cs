using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HyperSearch.Planning;

/// <summary>The one honest figure: the winner on rows that played no part in choosing it.</summary>
/// <param name="Trial">The winner.</param>
/// <param name="TestMetrics">
/// Its metrics by name: <c>test_error</c>, <c>test_cost</c>, … on the test set; without one, <c>held_out_error</c>, … of the ensemble,
/// cross-fitted over the folds.
/// </param>
/// <param name="TestRows">How many rows they were measured on.</param>
public sealed record Verdict(int Trial, ImmutableSortedDictionary<string, double> TestMetrics, int TestRows)
{
    /// <summary>How many rows the network judged was trained on: training and dev rows together where it was trained afresh; <c>null</c>
    /// in campaigns older than that.</summary>
    public int? TrainRows { get; init; }

    /// <summary>For how many epochs; <c>null</c> in campaigns older than that, for an ensemble, and for several networks that differ in
    /// it.</summary>
    public int? Epochs { get; init; }

    /// <summary>The ensemble that was handed over; <c>null</c> where it is one network.</summary>
    public JudgedEnsemble? Ensemble { get; init; }

    /// <summary>The standard errors of figures that are no shares of rows (a cost, an rmse, an R²), over the rows judged; <c>null</c> in
    /// campaigns older than that.</summary>
    public ImmutableSortedDictionary<string, double>? StandardErrors { get; init; }

    /// <summary>The figures of always answering the commonest class of the rows judged, or the mean of their targets; <c>null</c> in
    /// campaigns older than that.</summary>
    public ImmutableSortedDictionary<string, double>? Baseline { get; init; }

    /// <summary>Why the network handed over was not trained afresh on as many rows as usual; <c>null</c> where it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WhyNotRefitted { get; init; }

    /// <summary>How many rows the network handed over was trained on, test rows among them, after the figures of another were taken;
    /// <c>null</c> where the network that was judged is handed over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AllRows { get; init; }

    /// <summary>How many networks of the winner's configuration, each from a seed of its own, answer together by their mean; <c>null</c>
    /// where it is one network or an <see cref="Ensemble"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Averaged { get; init; }

    /// <summary>A hash of the file in which the model was kept, so that another model in its place is noticed; <c>null</c> where no model
    /// was kept, and in campaigns older than this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ModelFingerprint { get; init; }

    /// <summary>The answer of <see cref="Baseline"/>, in words: <c>the mean</c> or <c>the commonest class</c>.</summary>
    [JsonIgnore]
    public string BaselineAnswer =>
        TestMetrics.Keys.Any(static metric => metric.EndsWith("_rmse", StringComparison.Ordinal)) ? "the mean" : "the commonest class";

    /// <summary>Whether the figures come from a test set; else they are cross-fitted over the folds.</summary>
    [JsonIgnore]
    public bool IsOnTestSet => Ensemble is null or { HasTestSet: true };

    /// <summary>The networks that answer, in words: <c>trial 17</c>, <c>the average of 3 networks of trial 17</c> or
    /// <c>the ensemble</c>.</summary>
    [JsonIgnore]
    public string Subject => Ensemble is not null ? "the ensemble"
        : Averaged is { } networks ? FormattableString.Invariant($"the average of {networks} networks of trial {Trial}")
        : FormattableString.Invariant($"trial {Trial}");

    /// <summary>Whether the verdict still holds for a ranking: one network's as long as the winner is the same, an ensemble's while no
    /// trial has come.</summary>
    /// <param name="ranked">The trials that have a value, the best first.</param>
    internal bool Holds(IReadOnlyList<Trial> ranked) => ranked[0].Number == Trial && (Ensemble is null || Ensemble.Trials == ranked.Count);
}
