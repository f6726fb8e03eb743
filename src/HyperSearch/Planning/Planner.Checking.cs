using HyperSearch.Schedules;

namespace HyperSearch.Planning;

/// <content>The limits of what a schedule and a measure of work, which may be a program's own, can say.</content>
public sealed partial class Planner
{
    private string ScheduleName => $"The schedule {search.Schedule.GetType().Name}";

    /// <summary>The state before any job, with rungs.</summary>
    /// <exception cref="ArgumentException">A program's own schedule gave none; the message names it.</exception>
    private IScheduleState BeginSchedule()
    {
        var begun = search.Schedule.Initial(search.Objective.Epochs, budgetedTrials)
            ?? throw new ArgumentException($"{ScheduleName} gave null by Initial. It gives the state before any job.");
        return begun.Rungs is { Count: > 0 } ? begun : throw new ArgumentException(
            $"{ScheduleName} has no Rungs. They are the budgets at which results can be compared, ascending; without any "
            + $"below the full budget they are [{search.Objective.Epochs}].");
    }

    /// <summary>A state that a schedule gave.</summary>
    /// <exception cref="CampaignException">A program's own schedule gave none; the message names it.</exception>
    private IScheduleState Given(IScheduleState? next, string member) => next ?? throw new CampaignException(
        $"{ScheduleName} gave a null state by {member}. It gives the state that follows, or its own where nothing has changed.");

    /// <summary>The planned work of an epoch, as it is told.</summary>
    /// <exception cref="CampaignException">A program's own function failed; the message names it.</exception>
    private double WorkOf(TrialPlan plan)
    {
        try
        {
            return _workPerEpoch(plan.Point);
        }
        catch (Exception failure)
        {
            throw new CampaignException($"WorkPerEpoch failed for the configuration of trial {plan.Trial}, {plan.Point}: {failure.Message} "
                + "It gives a positive number for every configuration: the planned work of one of its epochs.", failure);
        }
    }

    /// <summary>Refuses a decision that cannot be carried out, or with which a campaign would never end.</summary>
    /// <exception cref="CampaignException">A program's own schedule decided so; the message names it.</exception>
    private void ThrowIfWrong(PlannerState state, ScheduleDecision? decision, bool mayStart)
    {
        var most = search.Objective.Epochs;
        const string NoStart = "though no trial may start any more (mayStart is false)";
        var wrong = decision switch
        {
            null => "gave no decision. Where nothing is to be done it gives a Wait",
            ScheduleDecision.Start when !mayStart => $"started trial {state.Trials} {NoStart}. It waits then, or continues a trial",
            ScheduleDecision.Start { ToEpochs: var to } when to < 1 || to > most =>
                $"started trial {state.Trials} up to epoch {to}. The epochs of this search go from 1 to {most}",
            ScheduleDecision.Continue { Trial: var trial } when !state.Plans.ContainsKey(trial) && !IsStopped(state, trial) =>
                $"continued trial {trial}, which never started or has ended",
            ScheduleDecision.Continue { FromEpochs: var from, ToEpochs: var to, Trial: var trial } when from >= to || to > most =>
                $"continued trial {trial} from epoch {from} to epoch {to}. The epochs go forward, and up to {most}",
            ScheduleDecision.Choose when !search.Schedule.ComparesByModel =>
                "left the decision to a model by a Choose. Only one whose ComparesByModel is true has a model",
            ScheduleDecision.Choose { ToEpochs: not null } when !mayStart =>
                $"left the start of trial {state.Trials} open {NoStart}. The ToEpochs of its Choose is null then",
            ScheduleDecision.Choose { ToEpochs: var to } when to < 1 || to > most =>
                $"left the start of trial {state.Trials} up to epoch {to} open. The epochs of this search go from 1 to {most}",
            ScheduleDecision.Choose { ToEpochs: var to, Paused: var paused } when paused.IsDefault || (paused.IsEmpty && to is null) =>
                "gave a Choose with nothing to choose from. Where nothing is to be done it gives a Wait",
            ScheduleDecision.Copy { Parent: var parent } when !state.Plans.ContainsKey(parent) =>
                $"copied trial {parent}, which never started or has ended",
            ScheduleDecision.Copy { FromEpochs: var from, ToEpochs: var to, Parent: var parent } when from >= to || to > most =>
                $"copied trial {parent} from epoch {from} to epoch {to}. The epochs go forward, and up to {most}",
            _ => null,
        };
        if (wrong is not null)
            throw new CampaignException($"{ScheduleName} {wrong}.");
    }
}
