using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>How a trial stood at one rung of its schedule.</summary>
/// <param name="Epochs">The rung's budget.</param>
/// <param name="Value">The trial's value there; <c>null</c> where it had none or never got there.</param>
/// <param name="Place">Its place among all trials at that rung, from 1; <c>null</c> without a value.</param>
/// <param name="Of">How many trials have ended there by now.</param>
/// <param name="Status">Its fate there.</param>
public sealed record RungStanding(int Epochs, double? Value, int? Place, int Of, RungStatus Status)
{
    /// <summary>A trial's way up the rungs; empty where the schedule has only one.</summary>
    public static ImmutableArray<RungStanding> Climb(CampaignSnapshot snapshot, Trial trial)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(trial);
        var rungs = snapshot.Search.Schedule.Initial(snapshot.Search.Objective.Epochs).Rungs;
        return rungs.Count <= 1 ? [] : [.. rungs.Select((epochs, index) => At(snapshot, trial, epochs, last: index == rungs.Count - 1))];
    }

    private static RungStanding At(CampaignSnapshot snapshot, Trial trial, int epochs, bool last)
    {
        var results = snapshot.Trials.SelectMany(other => other.Jobs).Where(job => job.ToEpochs == epochs).ToArray();
        var own = trial.Jobs.FirstOrDefault(job => job.ToEpochs == epochs);
        if (own is null)
            return new RungStanding(epochs, null, null, results.Length, trial.Jobs.Any(job => job.ToEpochs > epochs) ? RungStatus.Skipped
                : RungStatus.NotReached);
        var cost = RankPlace.CostOf(own.Value, snapshot.Search.Maximize);
        int? place = own.Value is null ? null : 1 + results.Count(other => RankPlace.CostOf(other.Value, snapshot.Search.Maximize) < cost);
        var status = trial.Jobs.Any(job => job.ToEpochs > epochs) ? RungStatus.Promoted : last
            && own.Value is not null ? RungStatus.Finished : RungStatus.Stayed;
        return new RungStanding(epochs, own.Value, place, results.Length, status);
    }
}

/// <summary>The fate of a trial at a rung.</summary>
public enum RungStatus
{
    /// <summary>It never got there.</summary>
    NotReached,

    /// <summary>It began at a higher rung.</summary>
    Skipped,

    /// <summary>It was trained so far and not further, at least for now.</summary>
    Stayed,

    /// <summary>It went on to a higher rung.</summary>
    Promoted,

    /// <summary>It was trained in full.</summary>
    Finished,
}
