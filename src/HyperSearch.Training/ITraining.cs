using HyperSearch.Training.Data;

namespace HyperSearch.Training;

/// <summary>A training that goes on epoch by epoch: of one network, or of one for each fold.</summary>
internal interface ITraining : IDisposable
{
    /// <summary>What is learned.</summary>
    LearningTask Task { get; }

    /// <summary>Epochs trained so far.</summary>
    int Epoch { get; }

    /// <summary>Why training cannot go on; null while all is well.</summary>
    string? Divergence { get; }

    /// <summary>Whether patience ran out; the weights are then the best epoch's again.</summary>
    bool StoppedEarly { get; }

    /// <summary>Trains one epoch, then evaluates.</summary>
    /// <param name="figures">What is measured.</param>
    /// <param name="stop">Looked at between mini-batches.</param>
    EpochMetrics TrainEpoch(MeasuredFigures figures, CancellationToken stop);

    /// <summary>How the network does as it is now, on the rows it learned from and on those held out.</summary>
    (Evaluation Train, Evaluation Dev) Evaluate();

    /// <summary>How large the signals of the hidden layers are (of the first fold): the gradients of the last step of learning, the
    /// activations of the rows evaluated last. Null before the first epoch, and where there are fewer than two hidden layers.</summary>
    LayerSignals? Signals { get; }

    /// <summary>How the network does on each held-out row as it is now.</summary>
    RowFigures MeasureRows();

    /// <summary>Writes everything that going on needs into one file.</summary>
    void Save(string path);

    /// <summary>Continues exactly where <see cref="Save"/> stood, bit for bit.</summary>
    void Restore(string path);
}

/// <summary>Which figures of an <see cref="Evaluation"/> are measured.</summary>
internal enum MeasuredFigures
{
    /// <summary>Cost and error and what follows from them: next to nothing beside the losses of the rows.</summary>
    Cheap,

    /// <summary>All: which class is taken for which, the ranks of the rows and their absolute errors cost up to a fifth of an epoch where
    /// networks are tiny.</summary>
    All,
}

/// <summary>How large the signals of the hidden layers were, the first layer first.</summary>
/// <param name="Activations">Root of the mean square of a layer's outputs.</param>
/// <param name="Gradients">Root of the mean over the rows of the squared norm of ∂cost/∂z, z being what the activation is applied
/// to.</param>
internal sealed record LayerSignals(double[] Activations, double[] Gradients);

/// <summary>What each row adds to the figures of an evaluation.</summary>
/// <param name="Mistakes">1 where the row is misjudged, else 0.</param>
/// <param name="Costs">Its loss, without penalties.</param>
/// <param name="TaskCosts">The task's own loss, which differs where code writes the loss: nats, or half the squared standardized
/// error.</param>
internal sealed record RowFigures(float[] Mistakes, float[] Costs, float[] TaskCosts);
