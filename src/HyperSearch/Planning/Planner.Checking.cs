using HyperSearch.Schedules;

namespace HyperSearch.Planning;

/// <content>The limits of what a schedule may decide.</content>
public sealed partial class Planner
{
    /// <summary>Refuses a decision that cannot be carried out, or with which a campaign would never end.</summary>
    /// <exception cref="CampaignException">A program's own schedule decided so; the message names it.</exception>
    private void ThrowIfWrong(PlannerState state, ScheduleDecision? decision, bool mayStart)
    {
        var most = search.Objective.Epochs;
        var wrong = decision switch
        {
            null => "gave no decision. Where nothing is to be done it gives a Wait",
            ScheduleDecision.Start when !mayStart =>
                $"started trial {state.Trials} though no trial may start any more (mayStart is false). It waits then, or continues a trial",
            ScheduleDecision.Start { ToEpochs: var to } when to < 1 || to > most =>
                $"started trial {state.Trials} up to epoch {to}. The epochs of this search go from 1 to {most}",
            ScheduleDecision.Continue { Trial: var trial } when !state.Plans.ContainsKey(trial) && !IsStopped(state, trial) =>
                $"continued trial {trial}, which never started or has ended",
            ScheduleDecision.Continue { FromEpochs: var from, ToEpochs: var to, Trial: var trial } when from >= to || to > most =>
                $"continued trial {trial} from epoch {from} to epoch {to}. The epochs go forward, and up to {most}",
            _ => null,
        };
        if (wrong is not null)
            throw new CampaignException($"The schedule {search.Schedule.GetType().Name} {wrong}.");
    }
}
