using HyperSearch.Planning;

namespace HyperSearch.Hosting.Objectives;

/// <summary>An objective that can evaluate the winner on data which no decision ever saw.</summary>
public interface IWinnerJudge
{
    /// <summary>Trains the winner afresh on the training and dev rows together, keeps the model, and evaluates it on the test set.</summary>
    /// <param name="winner">The winner: its configuration, and how long it trained.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="modelPath">Where the model is kept.</param>
    /// <param name="checkpointFolder">Where an interrupted training leaves what it needs to go on; it need not exist.</param>
    /// <param name="stop">Cancelled when the session is interrupted.</param>
    /// <returns>The verdict; <c>null</c> when there are no test data.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    Verdict? Judge(Trial winner, ulong seed, string modelPath, string checkpointFolder, CancellationToken stop);
}
