using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training.Data;

namespace HyperSearch.Hosting.Searches;

/// <summary>A search as a flat list of facts, each under its place in a search file: what two searches are compared by.</summary>
internal static class SearchFacts
{
    /// <summary>The facts, in the order of a search file; what is at its default is left out, but for numbers of the method.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Of(Search search)
    {
        var facts = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        Add("name", search.Name);
        AddObjective(search.Objective, Add);
        foreach (var goals in search.Goals.GroupBy(goal => goal.Maximize))
            Add(goals.Key ? "maximize" : "minimize", string.Join(", ", goals.Select(goal => goal.Metric)));
        Add("base_error", search.BaseError == 0 ? null : Say(search.BaseError));
        foreach (var parameter in search.Space.Parameters)
            Add($"space.{parameter.Name}", Describe(parameter));
        for (var i = 0; i < search.Space.Constraints.Length; i++)
            Add($"constraints[{i}]", search.Space.Constraints[i].Text);
        Add("method.sampler", SearchGrammar.Samplers.Describe(search.Sampler));
        Add("method.trials", Say(search.Trials));
        Add("method.seed", Say(search.Seed));
        Add("method.workers", search.Workers is { } workers ? Say(workers) : "auto");
        Add("method.slots", Say(search.Slots));
        Add("method.ordering", search.Relaxed ? "relaxed" : "logical");
        Add("schedule", SearchGrammar.Schedules.Describe(search.Schedule));
        Add("confirm", search.Confirm is { } confirm ? $"top {Say(confirm.Top)}, repeats {Say(confirm.Repeats)}, at most {Say(confirm.Runs)} runs" : null);
        var limits = search.Limits;
        Add("limits.trial_timeout", limits.TrialTimeout?.ToString());
        Add("limits.retries", Say(limits.Retries));
        Add("limits.stop_after_failures", Say(limits.StopAfterFailures));
        Add("limits.time", limits.Time?.ToString());
        Add("limits.target", limits.Target is { } target ? Say(target) : null);
        Add("limits.patience", limits.Patience is { } patience ? Say(patience) : null);
        Add("limits.epochs", limits.Epochs is { } epochs ? Say(epochs) : null);
        Add("from", search.From is { } from ? string.Create(CultureInfo.InvariantCulture, $"{from.Campaign}, best {from.Best}") : null);
        for (var i = 0; i < search.Enqueued.Length; i++)
            Add($"enqueue[{i}]", string.Join(", ", search.Enqueued[i].Select(pair => $"{pair.Key}: {pair.Value}")));
        return facts.ToImmutable();

        void Add(string key, string? value)
        {
            if (value is not null)
                facts.Add(KeyValuePair.Create(key, value));
        }
    }

    /// <summary>A parameter in a line: <c>log [0.0001, 1] when optimizer is adam or rmsprop</c>.</summary>
    public static string Describe(Parameter parameter) => string.Concat(
        parameter.Scale.Describe(), parameter.Default is { } value ? $" default {value}" : "", parameter.When.IsEmpty ? "" : $" when {Describe(parameter.When)}");

    /// <summary>Conditions in words: <c>optimizer is adam or rmsprop</c>.</summary>
    public static string Describe(ImmutableArray<Condition> when) =>
        string.Join(" and ", when.Select(condition => $"{condition.Parameter} is {string.Join(" or ", condition.Accepted)}"));

    private static void AddObjective(ObjectiveDefinition objective, Action<string, string?> add)
    {
        switch (objective)
        {
            case TrainingDefinition training:
                AddData(training.Data, add);
                add("objective.train.epochs", Say(training.Epochs));
                add("objective.train.folds", training.Folds > 0 ? Say(training.Folds) : null);
                add("objective.train.ensemble", training.Folds > 0 ? Say(training.Ensemble) : null);
                break;
            case CommandDefinition command:
                add("objective.command", $"[{string.Join(", ", command.Arguments)}]");
                add("objective.protocol", command.KeepAlive ? "worker" : "once");
                add("objective.epochs", Say(command.Epochs));
                foreach (var (name, value) in command.Environment)
                    add($"objective.env.{name}", value);
                add("objective.grace", command.Grace.ToString());
                break;
            default:
                add("objective", "given in code");
                add("objective.epochs", Say(objective.Epochs));
                break;
        }
    }

    private static void AddData(DataSource data, Action<string, string?> add)
    {
        add("objective.train.data", data.Path);
        add("objective.train.data.train", data.Train);
        add("objective.train.data.dev", data.Dev);
        add("objective.train.data.test", data.Test);
        add("objective.train.data.images", data.Images);
        add("objective.train.data.labels", data.Labels);
        add("objective.train.data.dev_images", data.DevImages);
        add("objective.train.data.dev_labels", data.DevLabels);
        add("objective.train.data.test_images", data.TestImages);
        add("objective.train.data.test_labels", data.TestLabels);
        if (data.Generate is { } made)
            add("objective.train.data.generate", string.Create(CultureInfo.InvariantCulture, $"{made.Kind}, rows {made.Rows}, noise {made.Noise?.ToString("R", CultureInfo.InvariantCulture) ?? "default"}, classes {made.Classes?.ToString(CultureInfo.InvariantCulture) ?? "default"}, seed {made.Seed?.ToString(CultureInfo.InvariantCulture) ?? "the campaign's"}"));
        add("objective.train.label", data.Label);
        add("objective.train.task", data.Task);
        add("objective.train.split", data.Split is { } split ? $"[{string.Join(", ", split.Select(Say))}]" : null);
        add("objective.train.missing", data.Missing);
        add("objective.train.ignore", data.Ignore.Count > 0 ? string.Join(", ", data.Ignore) : null);
        add("objective.train.categorical", data.Categorical.Count > 0 ? string.Join(", ", data.Categorical) : null);
        add("objective.train.image", data.Image);
        add("objective.train.normalize", data.Normalize);
    }

    private static string Say<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
