using HyperSearch.Training.Data;
using HyperSearch.Training.Models;

namespace HyperSearch.Training.Ensembles;

/// <summary>One configuration's networks, one for each fold, with their answers on rows that they never saw: a candidate for an
/// ensemble.</summary>
/// <param name="HeldOut">Answers on every row by the network that never saw it, row-major in the order of the folds' rows.</param>
/// <param name="Test">The mean of all networks' answers on the test rows; empty where there are none.</param>
/// <param name="Models">The networks in the order of the folds.</param>
public sealed record FoldNetworks(float[] HeldOut, float[] Test, IReadOnlyList<Model> Models)
{
    /// <summary>The epoch at which the held-out rows of each fold ended its network; 0 where nothing did.</summary>
    public IReadOnlyList<int> BestEpochs { get; init; } = [.. Models.Select(static _ => 0)];

    /// <summary>The networks of a training as they are now.</summary>
    /// <param name="trainer">The training.</param>
    /// <param name="folds">The data that it learned from.</param>
    public static FoldNetworks Of(FoldedTrainer trainer, Folds folds)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(folds);
        float[][] test = folds.Parts[0].Test.Rows == 0
            ? [[]]
            : [.. trainer.Trainers.Select((network, fold) => network.Predict(folds.Parts[fold].Test.Features))];
        return new FoldNetworks(
            trainer.AnswerHeldOut(),
            EnsembleSelection.Mean(test, [.. test.Select(static _ => 1)]),
            [.. trainer.Trainers.Select(static network => network.ToModel())])
        {
            BestEpochs = [.. trainer.Trainers.Select(static network => network.BestEpoch)],
        };
    }
}
