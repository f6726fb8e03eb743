namespace HyperSearch.Training;

/// <summary>How good a network is after an epoch, measured with dropout off and batch norm's running statistics.</summary>
/// <param name="Epoch">Epochs trained, from 1.</param>
/// <param name="Train">On the training part.</param>
/// <param name="Dev">On the development part.</param>
/// <param name="LearningRate">α that this epoch used.</param>
public sealed record EpochMetrics(int Epoch, Evaluation Train, Evaluation Dev, double LearningRate)
{
    /// <summary>Mean loss on training rows, in nats (half squared standardized error for regression), without penalties.</summary>
    public double TrainCost => Train.Cost;

    /// <summary>The same on development rows.</summary>
    public double DevCost => Dev.Cost;

    /// <summary>Share of training rows misjudged; for regression 1 − R².</summary>
    public double TrainError => Train.Error;

    /// <summary>The same on development rows.</summary>
    public double DevError => Dev.Error;
}

/// <summary>How well a network does on some rows.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Cost">Mean loss without penalties: nats for classes, ½(ŷ − y)² of standardized targets for regression.</param>
/// <param name="Error">Share of rows whose most probable class is wrong; for regression 1 − R².</param>
/// <param name="Rmse">Regression: root of the mean squared error, in the target's unit; null otherwise.</param>
/// <param name="R2">Regression: 1 − Σ(ŷ − y)²/Σ(y − ȳ)², ȳ the mean of these rows' targets; null otherwise.</param>
public sealed record Evaluation(int Rows, double Cost, double Error, double? Rmse = null, double? R2 = null);
