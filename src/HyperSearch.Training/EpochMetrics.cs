using HyperSearch.Training.Scores;

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
/// <remarks>What needs classes is null for a regression, and the other way round.</remarks>
/// <param name="Rows">How many rows.</param>
/// <param name="Cost">Mean loss without penalties: nats for classes, ½(ŷ − y)² of standardized targets for regression.</param>
/// <param name="Error">Share of rows whose most probable class is wrong; for regression 1 − R².</param>
/// <param name="Rmse">Regression: root of the mean squared error, in the target's unit; null otherwise.</param>
/// <param name="R2">Regression: 1 − Σ(ŷ − y)²/Σ(y − ȳ)², ȳ the mean of these rows' targets; null otherwise.</param>
public sealed record Evaluation(int Rows, double Cost, double Error, double? Rmse = null, double? R2 = null)
{
    /// <summary>Regression: mean absolute error, Σ|ŷ − y|/n, in the target's unit.</summary>
    public double? Mae { get; init; }

    /// <summary>Classes: share of rows whose most probable class is right, 1 − <see cref="Error"/>.</summary>
    public double? Accuracy => Rmse is null ? 1 - Error : null;

    /// <summary>
    /// Classes: −Σ ln p(right class)/n, in nats. It is <see cref="Cost"/>, unless code writes the loss that is learned from.
    /// </summary>
    public double? LogLoss { get; init; }

    /// <summary>Classes: 1 − Σ_c (share of class c that is found)/C over the C classes that occur among the rows.</summary>
    /// <remarks>
    /// Each class counts the same however rare it is: always saying one of two classes gives ½. Source: Brodersen, Ong, Stephan and
    /// Buhmann, The balanced accuracy and its posterior distribution, ICPR (2010).
    /// </remarks>
    public double? BalancedError { get; init; }

    /// <summary>
    /// Classes: the mean of F1_c = 2·TP_c/(2·TP_c + FP_c + FN_c) over the classes that occur among the rows; of the positive class alone
    /// where <see cref="Data.DataSource.Positive"/> names it.
    /// </summary>
    /// <remarks>
    /// Source: van Rijsbergen, Information Retrieval (1979); for the mean of F1 rather than F1 of means: Opitz and Burst, Macro F1 and
    /// Macro F1, arXiv:1911.03347 (2019).
    /// </remarks>
    public double? F1 { get; init; }

    /// <summary>
    /// Two classes: the area under the ROC curve, which is the share of pairs of a row of each class in which the row of the second class
    /// has the larger probability of it; equal probabilities count ½. Null where one of the classes does not occur, and for training rows.
    /// </summary>
    /// <remarks>
    /// It is the same whichever class is called positive. Source: Hanley and McNeil, The meaning and use of the area under a receiver
    /// operating characteristic (ROC) curve, Radiology 143 (1982).
    /// </remarks>
    public double? Auc { get; init; }

    /// <summary>How classes were told from each other.</summary>
    /// <param name="cost">Mean loss of the rows learned from.</param>
    /// <param name="logLoss">Mean −ln p(right class).</param>
    /// <param name="error">Share of rows misjudged.</param>
    /// <param name="tally">Which rows were.</param>
    /// <param name="ranks">Whether <see cref="Auc"/> is wanted.</param>
    internal static Evaluation OfClasses(double cost, double logLoss, double error, ClassTally tally, bool ranks = true) =>
        new(tally.Rows, cost, error)
        {
            LogLoss = logLoss,
            BalancedError = tally.BalancedError,
            F1 = tally.F1,
            Auc = ranks ? tally.Auc : null,
        };
}
