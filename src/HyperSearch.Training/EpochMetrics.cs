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
