using HyperSearch.Campaigns;

namespace HyperSearch.Objectives;

/// <summary>An objective that can evaluate the winner on data which no decision ever saw.</summary>
public interface IWinnerJudge
{
    /// <summary>Trains the winner once more, exactly as its trial did, keeps the model, and evaluates it on the test set.</summary>
    /// <param name="winner">The winner's configuration, seed and epochs, as one job from nothing.</param>
    /// <param name="modelPath">Where the model is kept.</param>
    /// <param name="stop">Cancelled when the session is interrupted.</param>
    /// <returns>The verdict; <c>null</c> when there are no test data.</returns>
    Verdict? Judge(Job winner, string modelPath, CancellationToken stop);
}
