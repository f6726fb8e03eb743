using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Schedules;

namespace HyperSearch.Planning;

/// <content>The choice between a new trial and those that are paused.</content>
internal sealed partial record SamplingState
{
    private SamplerMemory Model => Judge ?? Memories[0];

    /// <summary>
    /// The way with the greatest log EI − ½·log(epochs still missing), EI the improvement that the model expects at the full budget.
    /// </summary>
    /// <param name="choice">The ways.</param>
    /// <param name="plans">The paused trials, by number.</param>
    /// <param name="trial">The number that a new trial would get.</param>
    /// <param name="job">The number of the job, for its random stream.</param>
    /// <returns>The decision and the plan of its trial; neither when no trial goes on and the space is exhausted.</returns>
    public (ScheduleDecision? Decision, TrialPlan? Plan, SamplingState Next) Choose(
        ScheduleDecision.Choose choice, ImmutableDictionary<int, TrialPlan> plans, int trial, int job)
    {
        var (model, fitted) = ((MultiFidelityGpState)Model.State).Look(Model.Pending.Values);
        var state = WithModel(Model with { State = fitted });
        if (model is null)
            return choice.ToEpochs is { } to ? state.Start(to, trial) : state.GoOn(choice.Paused[^1], plans, null);
        List<Way> ways = [.. choice.Paused.Where(more => model.Knows(more.Trial)).Select(more =>
            new Way(more, model.LogImprovement(plans[more.Trial].Position), Rungs[^1] - more.FromEpochs))];
        var paused = ways.Count;
        SamplingState? begun = null;
        Proposal? proposal = null;
        if (choice.ToEpochs is { } first)
        {
            (proposal, begun) = state.Propose(model, trial, RandomStream.For(Problem.Seed, (ulong)job, "choose"));
            if (proposal is not null)
                ways.Add(new Way(new ScheduleDecision.Start(first), model.LogImprovement(proposal.Position), Rungs[^1]));
        }

        if (ways.Count == 0)
            return choice.ToEpochs is null ? state.GoOn(choice.Paused[^1], plans, null) : (null, null, state);
        ways = [.. ways.OrderByDescending(way => way.Worth)]; // stable: among equals the one on the lower rung, then the better one there
        var why = paused == 0 ? null : Way.Sentence(ways);
        if (ways[0].Decision is ScheduleDecision.Continue more)
            return state.GoOn(more, plans, why);
        var origin = proposal!.Origin with { Decision = why };
        return (ways[0].Decision, TrialPlan.Of(trial, proposal with { Origin = origin }, Problem.Space), begun!);
    }

    private SamplingState WithModel(SamplerMemory model) => Judge is null ? this with { Memories = [model] } : this with { Judge = model };

    /// <summary>The new trial's point by the model, or by the sampler that the model only judges.</summary>
    private (Proposal? Proposal, SamplingState Next) Propose(FidelityModel model, int trial, RandomStream random)
    {
        if (Judge is not null)
        {
            var (given, next) = Propose(trial, RandomStream.For(Problem.Seed, (ulong)trial, "propose"));
            return (given, given is null ? next : next with { Judge = Judge.Awaiting(trial, given) });
        }

        var memory = Memories[0];
        var candidates = ((MultiFidelityGpState)memory.State).Options.Candidates;
        return model.Propose(memory.RequestOf(trial, random), candidates) is { } wanted
            ? (wanted, this with { Memories = [memory.Proposing(trial, wanted, memory.State)] })
            : Propose(trial, random);
    }

    private (ScheduleDecision? Decision, TrialPlan? Plan, SamplingState Next) Start(int toEpochs, int trial)
    {
        var (plan, next) = Propose(trial);
        return plan is null ? (null, null, next) : (new ScheduleDecision.Start(toEpochs), plan, next);
    }

    private (ScheduleDecision? Decision, TrialPlan? Plan, SamplingState Next) GoOn(
        ScheduleDecision.Continue more, ImmutableDictionary<int, TrialPlan> plans, string? why)
    {
        var plan = plans[more.Trial];
        return (more, plan with { Origin = plan.Origin with { Decision = why } }, Resumed(plan));
    }

    /// <summary>One of the ways to use a slot.</summary>
    /// <param name="Decision">The job.</param>
    /// <param name="LogImprovement">log EI.</param>
    /// <param name="Missing">The epochs to the full budget.</param>
    private sealed record Way(ScheduleDecision Decision, double LogImprovement, int Missing)
    {
        public double Worth => LogImprovement - 0.5 * PortableMath.Log(Missing);

        private string Promise => FormattableString.Invariant($"{PortableMath.Exp(LogImprovement):G3} in {Missing}");

        private string Rival => Decision is ScheduleDecision.Continue more
            ? FormattableString.Invariant($"trial {more.Trial} with {Promise}") : $"a new trial with {Promise}";

        /// <summary>Why the first of the ways was taken, for people: it, the next one, and the new trial.</summary>
        public static string Sentence(IReadOnlyList<Way> ways)
        {
            var started = ways[0].Decision is ScheduleDecision.Start;
            var rivals = ways.Skip(1).Where((way, i) => i == 0 || way.Decision is ScheduleDecision.Start).Select(way => way.Rival).ToList();
            return (started ? "a new trial" : "it") + " was the best use of the slot, by the expected improvement over the square root of "
                + $"the epochs still missing: {ways[0].Promise} epochs"
                + (rivals.Count == 0 ? ", and nothing else was left" : $"; then {string.Join(", ", rivals)}")
                + (ways.Count > 2 ? FormattableString.Invariant($" (the best of {ways.Count} ways)") : "");
        }
    }
}
