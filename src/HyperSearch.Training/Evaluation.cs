namespace HyperSearch.Training;

/// <summary>How well a network does on some rows.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Cost">Mean loss without penalties: nats for classes, ½(ŷ − y)² of standardized targets for regression.</param>
/// <param name="Error">Share of rows whose most probable class is wrong; for regression 1 − R².</param>
/// <param name="Rmse">Regression: root of the mean squared error, in the target's unit; null otherwise.</param>
/// <param name="R2">Regression: 1 − Σ(ŷ − y)²/Σ(y − ȳ)², ȳ the mean of these rows' targets; null otherwise.</param>
public sealed record Evaluation(int Rows, double Cost, double Error, double? Rmse = null, double? R2 = null);
