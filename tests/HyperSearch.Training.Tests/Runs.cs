namespace HyperSearch.Training.Tests;

internal static class Runs
{
    /// <summary>Trains so many epochs (fewer when it ends by itself) and gives the last one's metrics.</summary>
    public static EpochMetrics Epochs(this Trainer trainer, int count)
    {
        EpochMetrics? last = null;
        for (var i = 0; i < count && !trainer.StoppedEarly && trainer.Divergence is null; i++)
            last = trainer.TrainEpoch(TestContext.Current.CancellationToken);
        return last ?? throw new InvalidOperationException("No epoch was trained.");
    }
}
