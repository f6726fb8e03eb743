namespace HyperSearch.Training;

/// <summary>A training that goes on epoch by epoch: of one network, or of one for each fold.</summary>
internal interface ITraining : IDisposable
{
    /// <summary>Epochs trained so far.</summary>
    int Epoch { get; }

    /// <summary>Why training cannot go on; null while all is well.</summary>
    string? Divergence { get; }

    /// <summary>Whether patience ran out; the weights are then the best epoch's again.</summary>
    bool StoppedEarly { get; }

    /// <summary>Trains one epoch, then evaluates.</summary>
    EpochMetrics TrainEpoch(CancellationToken stop);

    /// <summary>How the network does as it is now, on the rows it learned from and on those held out.</summary>
    (Evaluation Train, Evaluation Dev) Evaluate();

    /// <summary>Writes everything that going on needs into one file.</summary>
    void Save(string path);

    /// <summary>Continues exactly where <see cref="Save"/> stood, bit for bit.</summary>
    void Restore(string path);
}
