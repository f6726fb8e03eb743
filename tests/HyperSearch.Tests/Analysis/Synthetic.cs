using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

/// <summary>Campaigns made up from a known landscape, as a coarse-to-fine search of a digits network would look.</summary>
internal static class Synthetic
{
    public static Space DigitsSpace { get; } = new(
    [
        new Parameter("learning_rate", new LogScale(1e-4, 1)),
        new Parameter("momentum", new OneMinusLogScale(0.9, 0.999)),
        new Parameter("hidden_layers", new IntScale(1, 3)),
        new Parameter("hidden_units", new LogIntScale(16, 256)),
        new Parameter("batch_size", new PowerOfTwoScale(32, 512)),
        new Parameter("l2", new LogScale(1e-6, 1)),
        new Parameter("keep_prob", new UniformScale(0.5, 1)),
        new Parameter("optimizer", new ChoiceScale("momentum", "rmsprop", "adam")),
        new Parameter("adam_epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam"])] },
        new Parameter("activation", new FixedScale("relu")),
    ]);

    public static CampaignSnapshot Of(Space space, IEnumerable<Trial> trials, string metric = "dev_error", bool maximize = false,
        int planned = 0, string name = "digits", int epochs = 30)
    {
        ImmutableArray<Trial> all = [.. trials];
        return new CampaignSnapshot
        {
            Name = name,
            Folder = "results/" + name,
            State = CampaignState.Finished,
            Trials = all,
            ElapsedSeconds = 31.4,
            Search = new Search
            {
                Name = name,
                Objective = new DelegateDefinition { Epochs = epochs },
                Metric = metric,
                Maximize = maximize,
                Space = space,
                Sampler = new RandomSampler(),
                Trials = Math.Max(1, Math.Max(planned, all.Length)),
            },
        };
    }

    public static CampaignSnapshot Digits(int trials, ulong seed = 1, string name = "digits", double noise = 0.004)
    {
        var space = DigitsSpace;
        var done = new List<Trial>();
        var clock = new double[2];
        var zoom = 1.2;
        for (var number = 0; number < trials; number++)
        {
            var random = RandomStream.For(seed, (ulong)number, "synthetic");
            var (position, origin) = Propose(random, space, done, ref zoom);
            var point = space.At([.. position]);
            done.Add(Run(number, space, point, origin, random, clock, noise));
        }

        return Of(space, done, planned: trials, name: name);
    }

    /// <summary>Successive halving: every trial trains 3 epochs, the best quarter 12, the best of those 30.</summary>
    public static CampaignSnapshot Halving(int trials)
    {
        var full = Digits(trials);
        var ladder = new[] { 3, 12, 30 };
        var order = Ranking.Rank(full.Trials, maximize: false).ToDictionary(entry => entry.Trial.Number, entry => entry.Rank);
        var outcomes = full.Trials.SelectMany(trial =>
        {
            var rank = order[trial.Number];
            var rungs = !trial.Succeeded || rank > trials / 4 ? 1 : rank > trials / 16 + 1 ? 2 : 3;
            return Enumerable.Range(0, rungs).Select(r => trial.Jobs[0] with
            {
                Job = trial.Number * 3 + r,
                FromEpochs = r == 0 ? 0 : ladder[r - 1],
                ToEpochs = ladder[r],
                Epochs = trial.Succeeded ? ladder[r] : trial.Epochs,
                Value = trial.Value is { } value ? value + 0.5 * Math.Exp(-ladder[r] * 0.35) : null,
                Curve = LearningCurve.Empty,
            });
        });
        return full with { Trials = Trial.Fold(outcomes, 30) };
    }

    /// <summary>Trials at uniform points of a space, their value given by a function of the position.</summary>
    public static CampaignSnapshot Uniform(Space space, int trials, Func<ImmutableArray<double>, double> value, ulong seed = 1,
        bool maximize = false) =>
        Of(space, Enumerable.Range(0, trials).Select(number =>
        {
            var random = RandomStream.For(seed, (ulong)number, "uniform");
            var point = space.At([.. space.Searched.Select(_ => random.NextDouble())]);
            return Done(number, point, value(space.PositionOf(point)));
        }), maximize: maximize);

    public static Trial Done(int number, Point point, double value, OutcomeState state = OutcomeState.Completed) => new()
    {
        Number = number,
        Point = point,
        Origin = new Origin(OriginKind.Global),
        State = state,
        Epochs = 30,
        Seconds = 0.3,
        Value = state is OutcomeState.Completed or OutcomeState.Stopped ? value : null,
        Metrics = state is OutcomeState.Completed or OutcomeState.Stopped
            ? ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", value).Add("train_error", value * 0.4)
            : ImmutableSortedDictionary<string, double>.Empty,
        Reason = state == OutcomeState.Failed ? "the process ended with exit code 1" : null,
    };

    private static (ImmutableArray<double> Position, Origin Origin) Propose(RandomStream random, Space space, List<Trial> done,
        ref double zoom)
    {
        var ranked = Ranking.Rank(done, maximize: false).Where(entry => entry.Value is not null).Take(6).ToArray();
        if (done.Count < 8 || ranked.Length < 2 || random.NextDouble() < 0.05)
            return ([.. space.Searched.Select(_ => random.NextDouble())], new Origin(OriginKind.Global));
        zoom = Math.Max(0.1, zoom * 0.99);
        var width = 0.3 * Math.Min(zoom / 2, 1);
        if (random.NextDouble() < 0.67)
        {
            var centre = ranked[random.NextDouble() < 0.71 ? 0 : 1].Trial;
            var around = space.PositionOf(centre.Point);
            return ([.. around.Select(u => random.NextDouble() < 0.7
                ? Math.Clamp(u + width * Math.Tan(Math.PI * (random.NextDouble() - 0.5)), 0, 1) : u)],
                new Origin(OriginKind.Hop) { Around = [centre.Number], Width = width, Zoom = zoom });
        }

        var positions = ranked.Select(entry => space.PositionOf(entry.Trial.Point)).ToArray();
        var low = Enumerable.Range(0, space.Dimensions).Select(d => Math.Max(0, positions.Min(p => p[d]) - 0.03)).ToImmutableArray();
        var high = Enumerable.Range(0, space.Dimensions).Select(d => Math.Min(1, positions.Max(p => p[d]) + 0.03)).ToImmutableArray();
        return ([.. low.Zip(high, (a, b) => double.Lerp(a, b, random.NextDouble()))],
            new Origin(OriginKind.Box)
            {
                Around = [.. ranked.Select(entry => entry.Trial.Number)],
                Low = low,
                High = high,
                Width = low.Zip(high, (a, b) => b - a).Average(),
                Zoom = zoom
            });
    }

    private static Trial Run(int number, Space space, Point point, Origin origin, RandomStream random, double[] clock, double noise)
    {
        var u = space.PositionOf(point);
        var rate = u[0];
        var state = rate > 0.93 ? OutcomeState.Diverged : random.NextDouble() < 0.01 ? OutcomeState.Failed : OutcomeState.Completed;
        var badness = 6 * Math.Pow(rate - 0.62, 2) + 0.5 * Math.Pow(u[1] - 0.4, 2) + 0.25 * (1 - u[3])
            + 0.7 * Math.Pow(Math.Max(0, u[5] - 0.5), 2) + 0.15 * Math.Abs(u[6] - 0.8)
            + (u[7] < 0.3 ? 0.1 : 0);
        var final = Math.Clamp(0.012 * Math.Exp(2.6 * badness) + noise * Math.Abs(random.NextNormal()), 0, 0.9);
        var train = Math.Max(0, final * (0.25 + 0.3 * u[5]) - 0.002);
        var worker = clock[0] <= clock[1] ? 0 : 1;
        var seconds = 0.15 + 0.6 * u[3] + 0.1 * random.NextDouble();
        var started = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(clock[worker]);
        clock[worker] += seconds;
        var measurements = Enumerable.Range(1, state == OutcomeState.Completed ? 30 : 4).Select(epoch =>
        {
            var decay = Math.Exp(-epoch * (0.1 + 0.4 * rate));
            return (epoch, (IReadOnlyDictionary<string, double>)new Dictionary<string, double>
            {
                ["dev_error"] = Math.Min(0.9, final + (0.88 - final) * decay) * (1 + 0.05 * random.NextNormal() * decay),
                ["train_error"] = Math.Min(0.9, train + (0.88 - train) * decay),
                ["train_cost"] = 2.3 * decay + 0.02,
            });
        }).ToArray();
        var succeeded = state == OutcomeState.Completed;
        var outcome = new Outcome
        {
            Job = number,
            Trial = number,
            Point = point,
            Origin = origin,
            FromEpochs = 0,
            ToEpochs = 30,
            State = state,
            Epochs = measurements.Length,
            Value = succeeded ? final : null,
            Metrics = succeeded
                ? ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", final).Add("train_error", train).Add("train_cost", 0.05)
                : ImmutableSortedDictionary<string, double>.Empty,
            Curve = LearningCurve.Of(measurements),
            Reason = state switch
            {
                OutcomeState.Failed => "out of memory",
                OutcomeState.Diverged =>
                "the training cost became NaN in epoch " + measurements.Length.ToString(CultureInfo.InvariantCulture),
                _ => null
            },
            Seconds = seconds,
            Started = started,
            Worker = worker,
        };
        return Trial.Fold([outcome], 30)[0];
    }
}
