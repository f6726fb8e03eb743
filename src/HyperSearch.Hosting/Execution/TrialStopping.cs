using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>Stops a trial because a person wishes it: its jobs under way end at their next epoch, and no other follows.</summary>
/// <remarks>The journal says at which epoch each job may end, so that one whose outcome a kill takes away ends there when it runs
/// again.</remarks>
/// <param name="epochs">The full budget of a trial.</param>
/// <param name="workers">The session's workers.</param>
/// <param name="writer">The session's writer.</param>
/// <param name="time">The clock.</param>
internal sealed class TrialStopping(int epochs, IWorkers workers, OutcomeWriter writer, TimeProvider time)
{
    /// <summary>Stops a trial.</summary>
    /// <param name="moment">The present moment.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="told">What was done, in a sentence.</param>
    /// <returns>The planner that sends the trial no further.</returns>
    /// <exception cref="CampaignException">The trial has not begun, or nothing of it is left to stop.</exception>
    public Planner Stop(PlanMoment moment, int trial, out string told)
    {
        var (planner, state) = (moment.Planner, moment.State);
        var reached = workers.InFlight.ToLookup(entry => entry.Job.Number, entry => entry.Epoch);
        var own = moment.UnderWay.Where(job => job.Trial == trial).ToLookup(job => reached[job.Number].Contains(job.ToEpochs));
        Job[] jobs = [.. own[false]]; // the others have measured their last epoch
        var why = trial >= state.Trials ? "has not begun"
            : planner.IsStopped(state, trial) ? "is stopped already"
            : jobs.Length == 0 && (HasEnded(moment, trial, own[true]) || !planner.MayGoOn(state, trial)) ? "has ended already"
            : null;
        if (why is not null)
            throw new CampaignException(string.Create(CultureInfo.InvariantCulture, $"Trial {trial} {why}."));

        ImmutableArray<StoppedJob> stopped = [.. jobs.Select(job => new StoppedJob(
            job.Number, job.Repeat, Math.Min(job.ToEpochs, 1 + reached[job.Number].Append(job.FromEpochs).Max())))];
        var next = planner.Without(trial, state);
        var from = next.StoppedTrials[^1];
        writer.Post(new TrialStopped(time.GetUtcNow(), trial, from.FromJob, from.FromOutcome) { Jobs = stopped });
        foreach (var job in stopped) // after the event, so that it is on disk before the outcome
            workers.Stop(new StopOrder(job.Job, job.Epoch, StopOrder.ByHand));
        told = string.Create(CultureInfo.InvariantCulture, $"Trial {trial} {Told(jobs, state)}");
        return next;
    }

    /// <summary>Whether the trial has ended for good, although the planner has not seen that yet.</summary>
    private bool HasEnded(PlanMoment moment, int trial, IEnumerable<Job> measured) =>
        measured.Any(job => job.Repeat == 0 && job.ToEpochs >= epochs)
        || moment.Unseen.Any(outcome => outcome.Trial == trial && outcome.Repeat == 0
            && (outcome.State != OutcomeState.Completed || outcome.ToEpochs >= epochs));

    private static string Told(Job[] jobs, PlannerState state) => jobs switch
    {
        [] when state.SearchEnding is null => "goes no further; the value that it has counts.",
        [] => "is repeated no further.",
        [{ Repeat: > 0 }, ..] => "is repeated no further: the repeats under way stop at their next epoch and do not count.",
        _ => "stops at the next epoch that its worker tells of, or at the end of its job, with the value that it has there.",
    };
}
