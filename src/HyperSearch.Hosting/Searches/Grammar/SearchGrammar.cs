using HyperSearch.Planning;
using System.Collections.Immutable;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>What a search file may say, once: reading, checking and the JSON schema all follow from it.</summary>
internal static class SearchGrammar
{
    /// <summary>What a name of a search, and so of a campaign's folder, looks like.</summary>
    public const string NamePattern = "[A-Za-z0-9][A-Za-z0-9._-]*";

    private static readonly NumberShape OneOrMore = new() { Whole = true, Min = 1, Max = int.MaxValue };
    private static readonly NumberShape ZeroOrMore = new() { Whole = true, Min = 0, Max = int.MaxValue };

    /// <summary>The samplers by name.</summary>
    public static OptionCatalog Samplers { get; } = OptionCatalog.Of<ISampler>("sampler");

    /// <summary>The schedules by name.</summary>
    public static OptionCatalog Schedules { get; } = OptionCatalog.Of<ISchedule>("schedule");

    /// <summary>A parameter that is searched, as a map.</summary>
    public static AlternativesShape Range { get; } = new("a parameter", "scale", [.. ScaleNotations.All.Select(notation => (notation.Key, RangeOf(notation)))]);

    /// <summary>A parameter: a bare value, or a range.</summary>
    public static SharedShape Parameter { get; } = new("parameter", new KindShape("a value, or a range such as {log: [0.0001, 1]}") { Single = new ValueShape(), Map = Range });

    private static readonly MapShape Method = new("method",
    [
        new("sampler", new NamedShape(Samplers), "What proposes points.") { Default = "coarse_to_fine" },
        new("trials", OneOrMore, "How many trials in all.") { Default = "100" },
        new("seed", new NumberShape { Whole = true, Min = 0 }, "Everything random in a campaign follows from it: the same file and seed give the same trials.") { Default = "1" },
        new("workers", new EitherShape("auto or a whole number from 1 to 1024", [new WordShape("number of workers", ["auto"]), OneOrMore with { Max = SearchChecks.MostWorkers }]), "How many trials are trained at the same time; auto is one per core.") { Default = "auto" },
        new("slots", OneOrMore, "Logical workers: how many trials count as under way when the next is decided, whatever the real number of workers.") { Default = "8" },
        new("ordering", new WordShape("ordering", ["logical", "relaxed"]), "relaxed lets free workers decide at once and gives up that a campaign can be repeated exactly.") { Default = "logical" },
    ]);

    private static readonly MapShape Limits = new("limits",
    [
        new("trial_timeout", new DurationShape(), "The longest a trial's training may take."),
        new("retries", ZeroOrMore, "How often a failed trial is tried again, where that may help.") { Default = "2" },
        new("stop_after_failures", ZeroOrMore, "The campaign ends after this many failures in a row; 0 never.") { Default = "10" },
        new("time", new DurationShape(), "The longest the campaign may run, over all its sessions."),
        new("target", new NumberShape(), "The campaign ends once a trial is this good."),
        new("patience", OneOrMore, "The campaign ends after this many trials without a new best."),
        new("epochs", new NumberShape { Whole = true, Min = 1 }, "The campaign ends once this many epochs were trained over all trials."),
    ]);

    private static readonly TextShape Earlier = new("a campaign's name or path, such as results/digits");

    private static readonly MapShape From = new("from",
    [
        new("campaign", Earlier, "The campaign: a path that starts at this file or at the current folder, or a name under the results folder.") { Required = true },
        new("best", OneOrMore, "How many of its configurations, the best first.") { Default = "10" },
    ]);

    private static readonly MapShape Confirm = new("confirm",
    [
        new("top", new NumberShape { Whole = true, Min = 1, Max = 1000 }, "How many of the best configurations.") { Default = "5" },
        new("repeats", new NumberShape { Whole = true, Min = 1, Max = 1000 }, "How often each of them runs again at least.") { Default = "3" },
        new("at_most", OneOrMore, "How many runs in all: leaders too close to tell run on until they differ by two standard errors or this is reached. top times repeats gives no leader more than another.") { Default = "three times top times repeats" },
    ]);

    private static readonly TextShape Metric = new("the name of a metric, such as dev_error");

    private static readonly KindShape Metrics = new("the name of a metric, such as dev_error, or several that are traded off, such as [dev_error, parameters]")
    {
        Single = Metric,
        List = new ListShape("at least two metrics, such as [dev_error, parameters]", Metric) { Min = 2 },
    };

    private static readonly KindShape OneOrMoreMetrics = new("the name of a metric, or a list of them") { Single = Metric, List = new ListShape("a list of metrics, such as [seconds, parameters]", Metric) };

    private static readonly MapShape TradeOff = new("tradeoff",
    [
        new("minimize", OneOrMoreMetrics, "Metrics of which less is better.") { Required = true },
        new("maximize", OneOrMoreMetrics, "Metrics of which more is better.") { Required = true },
    ]);

    /// <summary>A whole search file.</summary>
    public static MapShape File { get; } = new("a search file",
    [
        new("name", new TextShape("a name that can be a folder's: letters, digits, dots, _ and -") { Pattern = NamePattern }, "The name of the search; a campaign's folder under results is named after it.") { Default = "the file's name" },
        new("objective", ObjectiveGrammar.Objective, "What evaluates a trial: `train:` is the built-in trainer on your data, `command:` your own program.") { Required = true },
        new("minimize", Metrics, "The metric that decides; less is better. A list is traded off: the search looks for the front of trials that no other beats in everything. Beside the objective's own there are parameters (of the built-in trainer), epochs and seconds (measured, so not the same twice)."),
        new("maximize", Metrics, "The metric that decides; more is better. A list is traded off."),
        new("tradeoff", TradeOff, "Metrics of both directions that are traded off, such as {minimize: parameters, maximize: dev_accuracy}."),
        new("base_error", new NumberShape { Min = 0 }, "The error that a team of experts, or the best possible, would have, in the metric's own unit (0.01 is 1 %): the diagnosis measures avoidable bias from it.") { Default = "0" },
        new("space", new DictionaryShape("at least one parameter, such as learning_rate: {log: [0.0001, 1]}", Parameter) { Min = 1, Offered = TrainerOffers() }, "The hyperparameters: each a range on its own scale, or a bare value that stays fixed.") { Required = true },
        new("constraints", new ListShape("a list of conditions, such as [hidden_layers * hidden_units <= 512]", new TextShape("a condition, such as hidden_layers * hidden_units <= 512")), "What every configuration must satisfy: numbers, parameters and 'words', + - * / ^, comparisons, and, or, not."),
        new("method", Method, "How the space is searched."),
        new("schedule", new NamedShape(Schedules), "Who gets how many epochs, and who is stopped early.") { Default = "none" },
        new("confirm", Confirm, "When the search has ended, the best configurations run again in full on fresh seeds, and are ranked by the mean: the luckiest of many noisy trials is not the best one."),
        new("limits", Limits, "When to give up on a trial or on the campaign."),
        new("from", new KindShape("a campaign, such as results/digits, or {campaign: results/digits, best: 10}") { Single = Earlier, Map = From }, "An earlier campaign whose best configurations are tried first, values carried over to this space. Its trials are copied: it may go afterwards."),
        new("enqueue", new ListShape("a list of configurations, such as [{learning_rate: 0.01}]", new DictionaryShape("a configuration: names with values", new ValueShape()) { Min = 1 }), "Configurations to try first, in this order."),
    ])
    {
        ExactlyOne = [["minimize", "maximize", "tradeoff"]],
        Advice = Elsewhere,
    };

    private static ImmutableArray<(string Name, string Meaning)> TrainerOffers() => [.. TrainerNames.All
        .Where(info => !info.Name.EndsWith("_N", StringComparison.Ordinal))
        .Select(info => (info.Name, $"The built-in trainer's: {info.Meaning}. {(info.Words.Count > 0 ? $"One of {string.Join(", ", info.Words)}. " : "")}Default: {(info.Default.Length > 0 ? info.Default : "none")}."))];

    private static MapShape RangeOf(ScaleNotation notation) => new($"a parameter with {notation.Key}",
    [
        .. ScaleGrammar.KeysOf(notation),
        .. notation.Form == ScaleForm.Value ? ImmutableArray<Key>.Empty : [new("default", new ValueShape(), "The value to try first; a trial of all defaults comes before any that is proposed.")],
        new("when", When(), "The parameter plays a part only when others have these values."),
    ]);

    private static DictionaryShape When() => new("a condition, such as {optimizer: adam} or {optimizer: [adam, rmsprop]}",
        new KindShape("a value or a list of values") { Single = new ValueShape(), List = new ListShape("at least one value", new ValueShape()) })
    { Min = 1 };

    /// <summary>Where a key belongs that stands at the top by mistake.</summary>
    private static string? Elsewhere(string name)
    {
        (string Section, ImmutableArray<Key> Keys)[] sections = [("method", Method.Keys), ("limits", Limits.Keys), ("confirm", Confirm.Keys), ("objective.train", ObjectiveGrammar.Train.Keys)];
        return sections.FirstOrDefault(section => section.Keys.Any(key => key.Name == name)).Section is { } home ? $"It belongs under {home}." : null;
    }
}
