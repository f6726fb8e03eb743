using HyperSearch.Analysis;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Schedules;

namespace HyperSearch.Web.Following;

/// <summary>What a job under way must keep up with: the limit of the rule that may stop it, or the results that it is compared with where
/// it ends.</summary>
/// <param name="Points">An epoch and the worst value allowed there, in the order of the epochs; empty where nothing may stop it.</param>
/// <param name="Sentence">What happens, for people; <c>null</c> where nothing may stop it.</param>
internal sealed record StopLine(IReadOnlyList<(int Epoch, double Value)> Points, string? Sentence)
{
    private static readonly StopLine None = new([], null);

    /// <summary>The line of a job.</summary>
    public static StopLine Of(CampaignSnapshot now, LiveJob job)
    {
        if (!job.Limits.IsDefaultOrEmpty)
            return new([.. job.Limits.Select(limit => (limit.Epoch, limit.Value))], $"It stops once it is {job.LimitReason}.");
        return job.LimitReason is null && FactorOf(now.Search.Schedule) is { } factor && job.ToEpochs < now.Search.Objective.Epochs
            ? AtItsRung(now, job, factor) : None;
    }

    /// <summary>The share of the trials at a rung that goes on, as its inverse; <c>null</c> where the schedule has no rungs.</summary>
    private static double? FactorOf(ISchedule schedule) => schedule switch
    {
        AshaSchedule asha => asha.Factor,
        SuccessiveHalvingSchedule halving => halving.Factor,
        HyperbandSchedule hyperband => hyperband.Factor,
        _ => null,
    };

    private static StopLine AtItsRung(CampaignSnapshot now, LiveJob job, double factor)
    {
        var epochs = Figures.Count(job.ToEpochs, "epoch");
        var share = $"one in {Figures.Brief(factor)}";
        double[] results = [.. now.Trials.SelectMany(trial => trial.Jobs).Where(other => other.ToEpochs == job.ToEpochs)
            .Select(other => other.Value ?? double.NaN).Where(double.IsFinite).OrderBy(value => now.Search.Maximize ? -value : value)];
        var last = (int)(results.Length / factor) - 1;
        if (last < 0)
            return new([], $"About {share} goes on after {epochs}.");
        var said = Figures.Of(results[last], Metrics.IsShare(now.Search.Metric));
        return new(
            [(0, results[last]), (job.ToEpochs, results[last])],
            $"About {share} goes on after {epochs}; at present that takes {said}.");
    }
}
