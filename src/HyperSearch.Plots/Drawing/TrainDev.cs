using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Plots.Drawing;

/// <summary>The trials that have an error on the training set and on the dev set.</summary>
internal sealed record TrainDev(string Metric, bool IsShare, IReadOnlyList<(Trial Trial, double Train, double Dev)> Points)
{
    public static TrainDev? Of(CampaignSnapshot snapshot)
    {
        if (FitErrors.Of(snapshot) is not { } pair)
            return null;
        var points = snapshot.Trials.Where(trial => trial.Succeeded).Select(trial => (trial, Errors: pair.Read(trial))).Where(entry => entry.Errors is { } errors && double.IsFinite(errors.Train + errors.Dev))
            .Select(entry => (entry.trial, entry.Errors!.Value.Train, entry.Errors.Value.Dev));
        return new TrainDev(pair.Metric, pair.IsShare, [.. points]);
    }
}
