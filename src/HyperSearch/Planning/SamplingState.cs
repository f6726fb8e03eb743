using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Earlier;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.MultiFidelity;

namespace HyperSearch.Planning;

/// <summary>
/// The source of the points of a campaign: first the given ones, then the points of a sampler that learns from trials of every budget.
/// Immutable.
/// </summary>
/// <remarks>
/// Where a schedule compares trials on several budgets, each rung has a sampler's memory of its own, and the highest rung with enough
/// results proposes; a sampler that learns from every rung has one memory. A schedule that leaves decisions to a model has one too, the
/// judge, which is the sampler's own memory where the sampler is that model.
/// </remarks>
internal sealed partial record SamplingState
{
    /// <summary>Results that a rung above the lowest needs before it proposes.</summary>
    public const int Enough = 4;

    private const int Tries = 32;

    private SamplingState(
        SamplingProblem problem,
        ImmutableArray<FirstPoint> first,
        ImmutableArray<int> rungs,
        ImmutableArray<SamplerMemory> memories,
        Explored explored) =>
        (Problem, First, Rungs, Memories, Explored) = (problem, first, rungs, memories, explored);

    /// <summary>A memory a rung, or a single one for all.</summary>
    public ImmutableArray<SamplerMemory> Memories { get; private init; }

    /// <summary>The judge of a sampler that is no model of all rungs; else <c>null</c>.</summary>
    private SamplerMemory? Judge { get; init; }

    /// <summary>What auto chose for the schedule and the sampler and why, until a proposal has said so; then, and where neither is auto,
    /// <c>null</c>.</summary>
    private string? Choice { get; init; }

    private SamplingProblem Problem { get; }

    private ImmutableArray<FirstPoint> First { get; }

    /// <summary>The budgets, ascending, in epochs.</summary>
    private ImmutableArray<int> Rungs { get; }

    /// <summary>The points of all rungs; a single memory has them itself.</summary>
    private Explored Explored { get; init; }

    private bool HasOneMemory => Memories.Length == 1;

    /// <summary>The state before the first trial of a search.</summary>
    /// <param name="search">The definition.</param>
    /// <param name="trials">How many trials samplers are told.</param>
    /// <param name="rungs">The budgets, ascending, in epochs, as <see cref="Schedules.IScheduleState.Rungs"/> gives them.</param>
    /// <exception cref="CampaignException">The search follows laws that this version does not know.</exception>
    public static SamplingState Begin(Search search, int trials, IReadOnlyList<int> rungs)
    {
        if (search.Edition > LawEdition.Newest)
        {
            throw new CampaignException(
                $"The campaign follows edition {search.Edition} of the samplers' laws, and this version of HyperSearch knows those up to "
                + $"{LawEdition.Newest}. Continue it with the version that began it, or a later one.");
        }

        var problem = new SamplingProblem(search.Space, search.Seed, trials)
        {
            Objectives = search.Goals.Length,
            Slots = search.Slots,
            Rungs = rungs.Count,
            Edition = search.Edition,
            Earlier = search.Earlier is { Outcomes.IsDefaultOrEmpty: false } earlier ? earlier.Outcomes : [],
        };
        var state = Begin(search, problem, rungs);
        string[] choices = [.. new[] { search.ScheduleChoice, state.Choice }.OfType<string>()];
        return choices.Length == 0 ? state : state with { Choice = string.Join("; ", choices) };
    }

    private static SamplingState Begin(Search search, SamplingProblem problem, IReadOnlyList<int> rungs)
    {
        if (!search.Schedule.ComparesByModel)
            return Begin(search.Sampler, problem, rungs, search.First);
        var isSuperseded = search.Sampler is CoarseToFineSampler or GpSampler or AutoSampler;
        var state = Begin(isSuperseded ? new MultiFidelityGpSampler() : search.Sampler, problem, rungs, search.First);
        var isModel = state.Memories is [{ State: MultiFidelityGpState }];
        return isModel ? state : state with { Judge = Begin(new MultiFidelityGpSampler(), problem, rungs, search.First).Memories[0] };
    }

    /// <summary>The state before the first trial.</summary>
    public static SamplingState Begin(ISampler sampler, SamplingProblem problem, IReadOnlyList<int> rungs, ImmutableArray<FirstPoint> first)
    {
        if (sampler is AutoSampler && AutoSampler.Choose(problem) is (MultiFidelityGpSampler model, var why))
            return Begin(model, problem, rungs, first) with { Choice = why }; // one memory, where auto has one for each rung
        var explored = Explored.Before(problem.Space, first.Select(one => problem.Space.PositionOf(one.Point)));
        var remembers = sampler.CanRepeat(problem.Space);
        IEnumerable<ISamplerState> states = sampler.LearnsFromEveryRung
            ? [Initial(sampler, problem with { Budgets = [.. rungs] })]
            : rungs.Select((_, rung) => Initial(sampler, problem with { Seed = problem.Seed + RandomStream.Golden * (ulong)rung }));
        if (rungs.Count == 1 && EarlierState.Helps(sampler, problem))
            states = states.Select(state => EarlierState.Over(state, problem));
        var name = sampler.GetType().Name;
        var memories = states.Select(state => new SamplerMemory(name, state, explored, remembers));
        return new SamplingState(problem, first, [.. rungs], [.. memories], explored);
    }

    private static ISamplerState Initial(ISampler sampler, SamplingProblem problem) => sampler.Initial(problem)
        ?? throw new ArgumentException(
            $"The sampler {sampler.GetType().Name} gave null by Initial. It gives the state before anything was proposed or observed.");

    /// <summary>
    /// The state after one more outcome: the rung that it reached learns from it, on the others its trial is no longer pending.
    /// </summary>
    public SamplingState Observe(Observation observation)
    {
        var judge = Judge?.Observe(observation);
        if (HasOneMemory)
            return this with { Memories = [Memories[0].Observe(observation)], Judge = judge };
        var reached = Rungs.Length - 1;
        while (reached > 0 && Rungs[reached] > observation.Epochs)
            reached--;
        var memories = new SamplerMemory[Rungs.Length];
        for (var rung = 0; rung < memories.Length; rung++)
            memories[rung] = rung == reached ? Memories[rung].Observe(observation) : Memories[rung].Withdraw(observation.Trial);
        return this with { Memories = [.. memories], Explored = Explored.With(observation.Position.AsSpan()), Judge = judge };
    }

    /// <summary>The next trial; <c>null</c> when the space is exhausted.</summary>
    public (TrialPlan? Plan, SamplingState Next) Propose(int trial)
    {
        if (trial < First.Length)
            return (TrialPlan.OfFirst(trial, First[trial], Problem.Space), this);
        var (proposal, next) = Propose(trial, RandomStream.For(Problem.Seed, (ulong)trial, "propose"));
        if (proposal is null)
            return (null, next);
        if (Choice is not null)
        {
            var note = proposal.Origin.Note is { } own ? $"{Choice}; {own}" : Choice;
            proposal = proposal with { Origin = proposal.Origin with { Note = note } };
        }

        return (TrialPlan.Of(trial, proposal, Problem.Space), next with { Judge = next.Judge?.Awaiting(trial, proposal), Choice = null });
    }

    /// <summary>The state in which a known trial is under way again: a model of every rung counts with its result.</summary>
    public SamplingState Resumed(TrialPlan plan)
    {
        var proposal = new Proposal(plan.Position, plan.Origin);
        if (Judge is not null)
            return this with { Judge = Judge.Awaiting(plan.Trial, proposal) };
        return Memories is [{ State: MultiFidelityGpState } memory]
            ? this with { Memories = [memory.Awaiting(plan.Trial, proposal)] } : this;
    }

    private (Proposal? Proposal, SamplingState Next) Propose(int trial, RandomStream random)
    {
        var rung = Memories.Length - 1;
        while (rung > 0 && Memories[rung].Results < Enough)
            rung--;
        var memory = Memories[rung];
        for (var t = 0; t < Tries; t++)
        {
            (var proposal, memory) = memory.Propose(trial, random);
            if (HasOneMemory)
                return (proposal, this with { Memories = [memory] });
            if (proposal is null)
                break;
            if (!Explored.Contains(proposal.Position.AsSpan()))
            {
                var origin = proposal.Origin with { Rung = Rungs[rung] };
                return (proposal with { Origin = origin }, With(proposal.Position) with { Memories = Memories.SetItem(rung, memory) });
            }
        }

        var (position, _) = Explored.Draw(random, random.Fill);
        if (position.IsDefault)
            return (null, this);
        var instead = new Origin(OriginKind.Global) { Note = "every point that the sampler wanted is taken" };
        return (new Proposal(position, instead), With(position));
    }

    private SamplingState With(ImmutableArray<double> position) => this with { Explored = Explored.With(position.AsSpan()) };
}
