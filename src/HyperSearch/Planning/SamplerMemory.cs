using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers;

namespace HyperSearch.Planning;

/// <summary>
/// A sampler's state and all that the planner remembers for it: the points that were tried and the proposals that are pending. Immutable.
/// </summary>
/// <param name="Sampler">The sampler's name in code, for a refusal of what it gives.</param>
/// <param name="State">The knowledge of the sampler itself.</param>
/// <param name="Explored">The points that ran, run or will run.</param>
/// <param name="Remembers">Whether points and pending proposals are remembered: not where the sampler's law cannot repeat
/// itself.</param>
internal sealed record SamplerMemory(string Sampler, ISamplerState State, Explored Explored, bool Remembers)
{
    /// <summary>The proposals of this state that have not ended, by trial.</summary>
    public ImmutableSortedDictionary<int, Proposal> Pending { get; init; } = ImmutableSortedDictionary<int, Proposal>.Empty;

    /// <summary>How many proposals the state has made.</summary>
    public int Proposed { get; init; }

    /// <summary>How many trials were observed here that were proposed on another budget.</summary>
    public int Foreign { get; init; }

    /// <summary>How many outcomes with a value were observed.</summary>
    public int Results { get; init; }

    public SamplerMemory Observe(Observation observation)
    {
        var results = observation.Value is null ? Results : Results + 1;
        if (!Remembers)
            return this with { State = Given(State.Observe(observation), "Observe"), Results = results };
        var isPending = Pending.TryGetValue(observation.Trial, out var proposal);
        var isNew = !isPending && !Explored.Contains(observation.Position.AsSpan());
        return this with
        {
            State = Given(State.Observe(observation with { Proposal = proposal }), "Observe"),
            Pending = isPending ? Pending.Remove(observation.Trial) : Pending,
            Explored = isNew ? Explored.With(observation.Position.AsSpan()) : Explored,
            Foreign = isNew && observation.Origin.Kind != OriginKind.Enqueued ? Foreign + 1 : Foreign,
            Results = results,
        };
    }

    /// <summary>The memory in which a trial is no longer pending, though it is not observed here: it has ended on another budget.</summary>
    public SamplerMemory Withdraw(int trial) => Pending.ContainsKey(trial) ? this with { Pending = Pending.Remove(trial) } : this;

    /// <summary>The memory in which a trial is pending though it was proposed elsewhere, or has ended a job before.</summary>
    public SamplerMemory Awaiting(int trial, Proposal proposal) => this with { Pending = Pending.SetItem(trial, proposal) };

    /// <summary>The request for the point of a trial.</summary>
    public ProposalRequest RequestOf(int trial, RandomStream random) =>
        new(trial, random, Explored) { Pending = Pending, Proposed = Proposed, Trials = Proposed + Foreign };

    public (Proposal? Proposal, SamplerMemory Next) Propose(int trial, RandomStream random)
    {
        var (proposal, state) = State.Propose(RequestOf(trial, random));
        state = Given(state, "Propose");
        ThrowIfWrong(proposal, trial);
        return proposal is null ? (null, this with { State = state }) : (proposal, Proposing(trial, proposal, state));
    }

    /// <summary>The memory after a proposal of its state.</summary>
    public SamplerMemory Proposing(int trial, Proposal proposal, ISamplerState state) => this with
    {
        State = state,
        Pending = Remembers ? Pending.SetItem(trial, proposal) : Pending,
        Explored = Remembers ? Explored.With(proposal.Position.AsSpan()) : Explored,
        Proposed = Proposed + 1,
    };

    /// <summary>A state that the sampler gave.</summary>
    /// <exception cref="CampaignException">A program's own sampler gave none; the message names it.</exception>
    private ISamplerState Given(ISamplerState? next, string member) => next ?? throw new CampaignException(
        $"The sampler {Sampler} gave a null state by {member}. It gives the state that follows, or its own where nothing has changed.");

    /// <summary>Refuses a point that no space has.</summary>
    /// <exception cref="CampaignException">A program's own sampler proposed it; the message names the sampler.</exception>
    private void ThrowIfWrong(Proposal? proposal, int trial)
    {
        if (proposal is null)
            return;
        var (position, searched) = (proposal.Position, Explored.Space.Searched);
        var beyond = position.IsDefault ? -1 : position.AsSpan().IndexOfAnyExceptInRange(0, 1);
        var wrong = position.IsDefault ? "without a position. Where the space has no further point, the proposal is null"
            : position.Length != searched.Length
                ? FormattableString.Invariant($"at a position of {position.Length}. It has one coordinate for each of the ")
                + FormattableString.Invariant($"{searched.Length} searched parameters: ")
                + string.Join(", ", searched.Select(parameter => parameter.Name))
            : beyond >= 0 ? FormattableString.Invariant($"with {position[beyond]} as the coordinate of {searched[beyond].Name}. ")
                + "A coordinate lies in [0, 1], from the low end of the parameter's scale to the high one"
            : null;
        if (wrong is not null)
            throw new CampaignException(FormattableString.Invariant($"The sampler {Sampler} proposed trial {trial} {wrong}."));
    }
}
