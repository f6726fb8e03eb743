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

/// <summary>A model's answer for one row.</summary>
/// <param name="Row">Number of the row in its file, from 1, the header not counted.</param>
/// <param name="Answer">The most probable class, or the predicted number, as text in the invariant culture.</param>
/// <param name="Values">Probabilities in the order of the classes; for regression the predicted number alone, in the target's unit.</param>
/// <param name="Actual">The label that the file gives; null when it has no label column or the cell is empty.</param>
public sealed record Prediction(int Row, string Answer, IReadOnlyList<double> Values, string? Actual)
{
    /// <summary>Whether the network learned from this very row.</summary>
    public bool IsLearned { get; init; }

    /// <summary>The picture's file within its folder; null for rows of a table.</summary>
    public string? File { get; init; }
}
