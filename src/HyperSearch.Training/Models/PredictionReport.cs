using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Models;

/// <summary>The answers of a model for the rows of a file, and how right they are where the file gives labels.</summary>
/// <param name="Predictions">One for each row, in the file's order.</param>
/// <param name="Confusion">Scores of a classification over the rows with a label that the model knows; null when there is none.</param>
/// <param name="Regression">Scores of a regression over the rows with a label; null when there is none.</param>
public sealed record PredictionReport(IReadOnlyList<Prediction> Predictions, ConfusionMatrix? Confusion, RegressionScores? Regression)
{
    /// <summary>One sentence for each thing that the model never saw before.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Number of rows that the network learned from, as far as the model knows them again.</summary>
    public int LearnedRows => Predictions.Count(static prediction => prediction.IsLearned);
}
