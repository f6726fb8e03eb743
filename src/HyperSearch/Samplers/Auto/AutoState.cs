namespace HyperSearch.Samplers.Auto;

/// <summary>
/// The state of <see cref="AutoSampler"/>: the state of the sampler that it chose, and, where that is a model, one of coarse to fine that
/// helps out while the model finds nothing.
/// </summary>
/// <param name="Chosen">The state of the chosen sampler.</param>
/// <param name="Helper">The state of coarse to fine, which learns from the same outcomes; <c>null</c> where nothing is switched.</param>
/// <param name="Why">What was chosen and why, until a proposal has said so; then <c>null</c>.</param>
internal sealed record AutoState(ISamplerState Chosen, ISamplerState? Helper, string? Why) : ISamplerState
{
    /// <summary>So many outcomes in a row without a new best bring the helper in.</summary>
    public const int Patience = 20;

    /// <summary>The best value so far.</summary>
    public double Best { get; init; } = double.PositiveInfinity;

    /// <summary>How many outcomes were observed since the best.</summary>
    public int SinceBest { get; init; }

    /// <summary>What has changed since the last proposal, for people; else <c>null</c>.</summary>
    public string? Change { get; init; }

    private bool IsHelped => Helper is not null && SinceBest >= Patience;

    public ISamplerState Observe(Observation observation)
    {
        var next = this with { Chosen = Chosen.Observe(observation), Helper = Helper?.Observe(observation) };
        if (Helper is null)
            return next;
        if (observation.Value is { } value && value < Best)
        {
            return next with
            {
                Best = value,
                SinceBest = 0,
                Change = IsHelped ? $"auto leaves all trials to gp again: trial {observation.Trial} is the new best" : Change,
            };
        }

        return next with
        {
            SinceBest = SinceBest + 1,
            Change = SinceBest + 1 == Patience
                ? $"auto gives every second trial to coarse_to_fine: {Patience} trials in a row found nothing better"
                : Change,
        };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        if (IsHelped && request.Trial % 2 == 1)
        {
            var (help, helper) = Helper!.Propose(request);
            return (Said(help), this with { Helper = helper, Why = null, Change = null });
        }

        var (proposal, chosen) = Chosen.Propose(request);
        return (Said(proposal), this with { Chosen = chosen, Why = null, Change = null });
    }

    private Proposal? Said(Proposal? proposal)
    {
        string[] says = [.. new[] { Why, Change, proposal?.Origin.Note }.OfType<string>()];
        return proposal is null || says.Length == 0 ? proposal
            : proposal with { Origin = proposal.Origin with { Note = string.Join("; ", says) } };
    }
}
