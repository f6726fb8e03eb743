namespace HyperSearch.Training.Models;

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
