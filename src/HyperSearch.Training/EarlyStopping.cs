using HyperSearch.Training.Graph;
using HyperSearch.Training.Networks;

namespace HyperSearch.Training;

/// <summary>
/// Remembers the weights with the least dev cost (or error), and gives them back when patience runs out. Equal errors: the lower cost is
/// better.
/// </summary>
/// <remarks>Prechelt, Early Stopping – But When?, Neural Networks: Tricks of the Trade (1998); course 2, week 1.</remarks>
internal sealed class EarlyStopping(ComputationGraph graph, int patience, PatienceMetric metric)
{
    private readonly byte[] _best = new byte[NetworkState.Length(graph)];

    public int BestEpoch { get; private set; }

    public double BestError { get; private set; } = double.PositiveInfinity;

    public double BestCost { get; private set; } = double.PositiveInfinity;

    public bool IsOver { get; private set; }

    /// <summary>The best weights' bytes, for a checkpoint.</summary>
    public Span<byte> Best => _best;

    public void Observe(EpochMetrics metrics)
    {
        var better = metric == PatienceMetric.Cost
            ? metrics.DevCost < BestCost
            : metrics.DevError < BestError || (metrics.DevError == BestError && metrics.DevCost < BestCost);
        if (better)
        {
            Resume(metrics.Epoch, metrics.DevError, metrics.DevCost, over: false);
            NetworkState.Copy(graph, _best, write: false);
        }
        else if (metrics.Epoch - BestEpoch >= patience)
        {
            End();
        }
    }

    /// <summary>Gives the best weights back.</summary>
    public void End()
    {
        if (BestEpoch > 0)
            NetworkState.Copy(graph, _best, write: true);
        IsOver = true;
    }

    /// <summary>Continues from a checkpoint.</summary>
    public void Resume(int bestEpoch, double bestError, double bestCost, bool over) =>
        (BestEpoch, BestError, BestCost, IsOver) = (bestEpoch, bestError, bestCost, over);
}

/// <summary>The figure of the development rows that early stopping watches.</summary>
public enum PatienceMetric
{
    /// <summary>The cost, which moves every epoch.</summary>
    Cost,

    /// <summary>The error, which moves in steps of one row; equal errors are told apart by their cost.</summary>
    Error,
}
