using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Samplers;

/// <summary>Plays a sampler against a function on the unit cube, with logical slots of equal cost.</summary>
internal sealed class Game(ISampler sampler, Space space, Func<Point, double?> objective, ulong seed = 1, int slots = 1, int planned = 100)
{
    private readonly Queue<(int Trial, Proposal Proposal)> _running = new();

    public SamplingState State { get; set; } = SamplingState.Begin(sampler, new SamplingProblem(space, seed, planned), [1], []);

    public List<Proposal> Proposals { get; } = [];

    public List<double?> Values { get; } = [];

    public double Best => Values.Min() ?? double.PositiveInfinity;

    public bool IsExhausted { get; private set; }

    public Game Play(int trials)
    {
        for (var i = 0; i < trials && !IsExhausted; i++)
            Step();
        return this;
    }

    private void Step()
    {
        if (_running.Count == slots)
            End();
        var trial = Proposals.Count;
        var (plan, next) = State.Propose(trial);
        State = next;
        if (plan is null)
        {
            if (_running.Count == 0)
                IsExhausted = true;
            else
                End();
            return;
        }

        var proposal = new Proposal(plan.Position, plan.Origin);
        Proposals.Add(proposal);
        Values.Add(null);
        _running.Enqueue((trial, proposal));
        if (slots == 1)
            End();
    }

    private void End()
    {
        var (trial, proposal) = _running.Dequeue();
        Values[trial] = objective(space.At(proposal.Position.AsSpan()));
        State = State.Observe(new Observation(trial, proposal.Position, proposal.Origin, Values[trial], 1));
    }
}

/// <summary>Spaces and functions that the contracts play on.</summary>
internal static class Grounds
{
    public static Space Cube(int dimensions) =>
        new(Enumerable.Range(0, dimensions).Select(d => new Parameter($"x{d}", new UniformScale(0, 1))));

    /// <summary>3 · 2 · 2 + 3 points: <c>c</c> only plays a part when <c>b</c> is "on".</summary>
    public static Space Finite { get; } = new(
    [
        new Parameter("a", new IntScale(1, 3)),
        new Parameter("b", new ChoiceScale("on", "off")),
        new Parameter("c", new PowerOfTwoScale(1, 8)) { When = [new Condition("b", ["on"])] },
    ]);

    public static Space Mixed { get; } = new(
    [
        new Parameter("rate", new LogScale(1e-5, 1)),
        new Parameter("fixed", new FixedScale("relu")),
        new Parameter("optimizer", new ChoiceScale("momentum", "rmsprop", "adam")),
        new Parameter("epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam"])] },
        new Parameter("units", new LogIntScale(16, 256)),
        new Parameter("beta", new OneMinusLogScale(0.9, 0.999)) { When = [new Condition("optimizer", ["adam", "momentum"])] },
    ]);

    public static double? Bowl(Point point) => point.Values.Sum(x => (x.Number - 0.3) * (x.Number - 0.3));

    public static double? Tuned(Point point) =>
        Math.Pow(Math.Log10(point["rate"].Number) + 2, 2) + Math.Abs(point["units"].Number - 100) / 50
        + (point["optimizer"] == "adam" ? Math.Abs(Math.Log10(point["epsilon"].Number) + 8) : 1);
}
