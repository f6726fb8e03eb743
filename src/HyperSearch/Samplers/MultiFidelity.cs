using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers;

/// <summary>Lets any sampler learn from trials of different budgets: one state a rung, and the highest rung with enough results proposes.</summary>
internal static class MultiFidelity
{
    /// <summary>Results that a rung above the lowest needs before it proposes.</summary>
    public const int Enough = 4;

    /// <summary>The state before anything was proposed or observed; the sampler's own where there is only one rung.</summary>
    /// <param name="sampler">What proposes.</param>
    /// <param name="problem">What is searched.</param>
    /// <param name="rungs">The budgets, ascending, in epochs, as <see cref="Schedules.IScheduleState.Rungs"/> gives them.</param>
    public static ISamplerState Initial(ISampler sampler, SamplingProblem problem, IReadOnlyList<int> rungs)
    {
        if (rungs.Count <= 1)
            return sampler.Initial(problem);
        var states = rungs.Select((_, rung) => sampler.Initial(problem with { Rungs = rungs.Count, Seed = problem.Seed + RandomStream.Golden * (ulong)rung }));
        return new State([.. rungs], [.. states], [.. rungs.Select(_ => 0)], Explored.Before(problem));
    }

    private sealed record State(ImmutableArray<int> Rungs, ImmutableArray<ISamplerState> States, ImmutableArray<int> Results, Explored Explored) : ISamplerState
    {
        private const int Tries = 32;

        public ISamplerState Observe(Observation observation)
        {
            var rung = Rungs.Length - 1;
            while (rung > 0 && Rungs[rung] > observation.Epochs)
                rung--;
            return this with
            {
                States = [.. States.Select((state, i) => i == rung ? state.Observe(observation) : state.Withdraw(observation.Trial))],
                Results = observation.Value is null ? Results : Results.SetItem(rung, Results[rung] + 1),
                Explored = Explored.With(observation.Position.AsSpan()),
            };
        }

        public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random)
        {
            var rung = Rungs.Length - 1;
            while (rung > 0 && Results[rung] < Enough)
                rung--;
            var state = States[rung];
            for (var t = 0; t < Tries; t++)
            {
                (var proposal, state) = state.Propose(trial, random);
                if (proposal is null)
                    break;
                if (!Explored.Contains(proposal.Position.AsSpan()))
                    return (proposal with { Origin = proposal.Origin with { Rung = Rungs[rung] } }, this with { States = States.SetItem(rung, state), Explored = Explored.With(proposal.Position.AsSpan()) });
            }

            var (position, _) = Explored.Draw(random, random.Fill);
            return position.IsDefault ? (null, this)
                : (new Proposal(position, new Origin(OriginKind.Global) { Note = "every point that the sampler wanted is taken" }),
                    this with { Explored = Explored.With(position.AsSpan()) });
        }
    }
}
