using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;

namespace HyperSearch.Cli.Tests;

/// <summary>Small campaigns made by hand.</summary>
internal static class Samples
{
    public static Space Space { get; } = new(
    [
        new Parameter("learning_rate", new LogScale(1e-4, 1)),
        new Parameter("hidden_units", new IntScale(16, 256)),
        new Parameter("optimizer", new ChoiceScale("adam", "a, \"b\"")),
        new Parameter("adam_epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam"])] },
    ]);

    public static CampaignSnapshot Campaign(params IEnumerable<Trial> trials) => new()
    {
        Name = "sample",
        Folder = "results/sample",
        Search = new Search
        {
            Name = "sample",
            Objective = new DelegateDefinition { Epochs = 3 },
            Metric = "dev_error",
            Space = Space,
            Sampler = new RandomSampler(),
            Trials = 10,
        },
        State = CampaignState.Finished,
        Trials = [.. trials],
        ElapsedSeconds = 2.5,
    };

    public static Trial Trial(int number, double? value, OutcomeState state = OutcomeState.Completed,
        double learningRate = 0.012345678901234567, string optimizer = "adam") => new()
        {
            Number = number,
            Point = new Point(new Dictionary<string, ParameterValue>
            {
                ["learning_rate"] = learningRate,
                ["hidden_units"] = 64,
                ["optimizer"] = optimizer,
            }.Concat(optimizer == "adam" ? [new KeyValuePair<string, ParameterValue>("adam_epsilon", 1e-7)] : [])),
            Origin = new Origin(OriginKind.Hop) { Around = [0], Width = 0.25, Zoom = 1.2 },
            State = state,
            Value = value,
            Metrics = value is { } known
                ? ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", known).Add("train_error", known / 2)
                : ImmutableSortedDictionary<string, double>.Empty,
            Curve = LearningCurve.Of([.. Enumerable.Range(1, 3).Select(epoch =>
                (epoch, (IReadOnlyDictionary<string, double>)new Dictionary<string, double> { ["dev_error"] = 1.0 / epoch,
                    ["train_error"] = epoch == 2 ? double.NaN : 0.5 / epoch }))]),
            Epochs = 3,
            Seconds = 0.125,
            Reason = state == OutcomeState.Completed ? null : "because of a test",
        };
}
