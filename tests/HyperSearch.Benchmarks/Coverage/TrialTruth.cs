using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Planning;
using HyperSearch.Training;

namespace HyperSearch.Benchmarks.Coverage;

/// <summary>How good a trial truly is: its networks, trained again to the same bits, on new rows of the law.</summary>
internal static class TrialTruth
{
    /// <summary>Its error, its cost, or for numbers its mean squared error; less is better.</summary>
    public static double Of(Trial trial, IObjective objective, ulong campaignSeed, Truth truth, string metric)
    {
        var options = TrainingPoint.OptionsOf(trial.Point, WholeCampaign.Epochs);
        var seed = TrialSeed.Of(campaignSeed, trial.Number, repeat: 0);
        if (objective is FoldedObjective folded)
        {
            using var folds = new FoldedTrainer(folded.Folds, options, seed);
            Train(folds, trial.Epochs);
            return folds.Trainers.Average(Measure);
        }

        using var trainer = new Trainer(((TrainingObjective)objective).Data, options, seed);
        Train(trainer, trial.Epochs);
        return Measure(trainer);

        double Measure(Trainer network)
        {
            var figures = truth.Of(network.ToModel());
            return figures.TryGetValue("rmse", out var rmse) ? rmse * rmse : figures[metric == "dev_cost" ? "cost" : "error"];
        }
    }

    private static void Train(ITraining training, int epochs)
    {
        while (training.Epoch < epochs && !training.StoppedEarly)
            training.TrainEpoch(MeasuredFigures.Cheap, CancellationToken.None);
    }
}

/// <summary>Which trials a campaign cannot tell from its best one.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="HoldsBest">Whether the truly best of those that it looks at is among them.</param>
/// <param name="Close">How many there are, the best included.</param>
/// <param name="LookedAt">How many it looks at.</param>
internal sealed record Apart(WholeCampaign Campaign, bool HoldsBest, int Close, int LookedAt);
