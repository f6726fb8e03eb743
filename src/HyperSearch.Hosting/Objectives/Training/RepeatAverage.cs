using HyperSearch.Planning;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Ensembles;
using HyperSearch.Training.Models;
using HyperSearch.Training.Scores;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>Several networks of one configuration, each from a seed of its own, that answer together by their mean.</summary>
/// <param name="Members">The networks.</param>
internal sealed record RepeatAverage(IReadOnlyList<RepeatNetwork> Members)
{
    /// <summary>Whether the networks together answer the dev rows better than one of them does on average.</summary>
    /// <param name="data">The data with the dev rows.</param>
    /// <param name="goal">What is better; among equals the cost decides.</param>
    public bool HelpsOn(Dataset data, Goal goal)
    {
        var truth = new HeldOutTruth(data, data.Dev);
        int[] rows = [.. Enumerable.Range(0, truth.Rows)];
        var together = truth.Evaluate(Mean(static member => member.Dev), rows);
        Evaluation[] alone = [.. Members.Select(member => truth.Evaluate(member.Dev, rows))];
        var (gain, cost) = (CostOf(together) - alone.Average(CostOf), together.Cost - alone.Average(static one => one.Cost));
        return gain < 0 || (gain == 0 && cost < 0);

        double CostOf(Evaluation dev) =>
            goal.CostOf(TrainingMetrics.Of(TrainingMetrics.OfTrial, dev, dev)) ?? dev.Cost;
    }

    /// <summary>How the networks together do on the test rows, with the spread of the figures.</summary>
    /// <param name="data">The data with the test rows.</param>
    public (Evaluation Figures, SamplingErrors Sampling, ConfusionMatrix? Confusion) Judge(Dataset data)
    {
        var truth = new HeldOutTruth(data, data.Test);
        var answers = Mean(static member => member.Test);
        return (truth.Evaluate(answers, [.. Enumerable.Range(0, truth.Rows)]), truth.Sample(answers), truth.Confusion(answers));
    }

    /// <summary>The networks as one model.</summary>
    /// <param name="confusion">How they do on the rows that judged them; <c>null</c> for a regression, or without such rows.</param>
    public Model ToModel(ConfusionMatrix? confusion) => Model.Average([.. Members.Select(static member => (member.Model, 1))], confusion);

    private float[] Mean(Func<RepeatNetwork, float[]> answersOf) =>
        EnsembleSelection.Mean([.. Members.Select(answersOf)], [.. Members.Select(static _ => 1)]);
}

/// <summary>One of them, as far as it is needed once it was trained.</summary>
/// <param name="Model">The network.</param>
/// <param name="Dev">Its answers on the dev rows; empty where there are none.</param>
/// <param name="Test">Its answers on the test rows; empty where there are none.</param>
/// <param name="Epochs">For how many epochs it was trained.</param>
internal sealed record RepeatNetwork(Model Model, float[] Dev, float[] Test, int Epochs)
{
    /// <summary>Takes a network out of its trainer.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="data">The data that it learned.</param>
    public static RepeatNetwork Of(Trainer trainer, Dataset data) =>
        new(trainer.ToModel(), Answer(trainer, data.Dev), Answer(trainer, data.Test), trainer.Epoch);

    private static float[] Answer(Trainer trainer, Partition part) => part.Rows == 0 ? [] : trainer.Predict(part.Features);
}
