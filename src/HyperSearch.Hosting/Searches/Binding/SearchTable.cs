using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>
/// The fields of a search, once. The grammar and the JSON schema of search files, reading, writing, the comparison of searches and the
/// messages about misspelt keys follow from this table; the law of a value is in the <c>init</c> of the record that has it.
/// </summary>
internal static class SearchTable
{
    private static readonly Section<Search> Method = new("method", Untouched, Elsewhere)
    {
        Named("sampler", SearchGrammar.Samplers, search => search.Sampler, (search, made) => search with { Sampler = (ISampler)made },
            "The sampler proposes points."),
        {
            "prior", Form.Choice("prior", "none", "trainer"), search => search.Prior, (search, v) => search with { Prior = v },
            "trainer: configurations that did well with the built-in trainer on other tables run first, at most 8 and a quarter of the "
            + "trials, behind those of from:. Only where the objective is train and one metric decides."
        },
        { "trials", Form.Count(1), search => search.Trials, (search, v) => search with { Trials = v }, "How many trials in all.",
            Rules.MayChange },
        {
            "seed", Form.Seed, search => search.Seed, (search, v) => search with { Seed = v },
            "Everything random in a campaign follows from it: the same file and seed give the same trials."
        },
        {
            "workers", Workers(), search => search.Workers ?? 0, (search, v) => search with { Workers = v == 0 ? null : v },
            "How many trials are trained at the same time; auto is one per core.", Rules.MayChange
        },
        {
            "slots", Slots(), search => search.AutoSlots ? 0 : search.Slots,
            (search, v) => v == 0 ? search with { AutoSlots = true } : search with { Slots = v, AutoSlots = false },
            "Logical workers: how many trials count as under way when the next is decided, whatever the real number of workers. auto "
            + "chooses by the workers when a campaign begins, and takes more when workers on other machines join; the campaign keeps what "
            + "was chosen."
        },
        {
            "ordering", Form.Choice("ordering", "logical", "relaxed"), search => search.Relaxed, (search, v) => search with { Relaxed = v },
            "relaxed lets free workers decide at once and gives up that a campaign can be repeated exactly."
        },
    };

    private static readonly Section<Confirm> Confirmation = new("confirm", new Confirm(), Elsewhere)
    {
        { "top", Form.Count(1, Confirm.Most), confirm => confirm.Top, (confirm, v) => confirm with { Top = v },
            "How many of the best configurations.", Rules.MayChange },
        {
            "repeats", Form.Count(1, Confirm.Most), confirm => confirm.Repeats, (confirm, v) => confirm with { Repeats = v },
            "How often each of them runs again at least.", Rules.MayChange
        },
        Field<Confirm>.OrNone(
            "at_most", Form.Count(1), confirm => confirm.AtMost is { } most ? (true, most) : default,
                (confirm, v) => confirm with { AtMost = v },
            "How many runs in all: leaders too close to tell run on until they differ by two standard errors or this is reached. "
            + "top times repeats gives no leader more than another.",
            Rules.MayChange) with
        {
            Default = _ => "three times top times repeats",
            Facts = confirm => [new Fact("at_most", NumberText.Of(confirm.Runs), MayChange: true)],
        },
    };

    private static readonly string ConfirmationOrNone = $"{Confirmation.Shape.Expected}, or none";

    private static readonly Section<Limits> Limitations = new("limits", new Limits(), Elsewhere)
    {
        {
            "trial_timeout", Form.Duration, limits => limits.TrialTimeout, (limits, v) => limits with { TrialTimeout = v },
            "The longest a trial's training may take.", Rules.MayChange
        },
        {
            "retries", Form.Count(0), limits => limits.Retries, (limits, v) => limits with { Retries = v },
            "How often a failed trial is tried again, where that may help.", Rules.MayChange
        },
        {
            "stop_after_failures", Form.Count(0), limits => limits.StopAfterFailures, (limits, v) => limits with { StopAfterFailures = v },
            "The campaign ends after this many failures in a row; 0 never.", Rules.MayChange
        },
        {
            "time", Form.Duration, limits => limits.Time, (limits, v) => limits with { Time = v },
            "The longest the campaign may run, over all its sessions.", Rules.MayChange
        },
        {
            "target", Form.Number(new NumberShape()), limits => limits.Target, (limits, v) => limits with { Target = v },
            "The campaign ends once a trial is this good.", Rules.MayChange
        },
        {
            "patience", Form.Count(1), limits => limits.Patience, (limits, v) => limits with { Patience = v },
            "The campaign ends after this many trials without a new best.", Rules.MayChange
        },
        {
            "epochs", Form.Whole(1), limits => limits.Epochs, (limits, v) => limits with { Epochs = v },
            "The campaign ends once this many epochs were trained over all trials.", Rules.MayChange
        },
    };

    private static readonly Section<Search> Fields = new("a search file", Untouched, Elsewhere)
    {
        Field<Search>.Of(
            "name", Form.Text(
                new TextShape("a name that can be a folder's: letters, digits, dots, _ and -") { Pattern = Search.NamePattern }),
            search => search.Name, (search, v) => search with { Name = v },
            "The name of the search; a campaign's folder under results is named after it.", Rules.MayChange) with
        {
            Default = _ => "the file's name",
        },
        ObjectiveTable.Field,
        GoalFields.Minimize,
        GoalFields.Maximize,
        GoalFields.TradeOff,
        {
            "base_error", Form.Number(new NumberShape { Min = 0 }), search => search.BaseError,
                (search, v) => search with { BaseError = v },
            "The error that a team of experts, or the best possible, would have, in the metric's own unit (0.01 is 1 %): "
            + "the diagnosis measures avoidable bias from it.", Rules.MayChange
        },
        SpaceBinder.Space,
        SpaceBinder.Constraints,
        { "method", Method, "How the space is searched." },
        Named(
            "schedule", SearchGrammar.Schedules, search => search.GivenSchedule,
            (search, made) => search with { Schedule = (ISchedule)made },
            "The schedule decides how many epochs a trial gets, and which trials are stopped early."),
        new Field<Search>(new Key(
            "confirm",
            new KindShape(ConfirmationOrNone)
            {
                Single = new EitherShape(ConfirmationOrNone, [new WordShape("confirm", ["none"])]),
                Map = Confirmation.Shape,
            },
            "When the search has ended, the best configurations run again in full on fresh seeds, and are ranked by the mean: "
            + "the luckiest of many noisy trials is not the best one. none, as when left out, repeats nobody."))
        {
            Read = (search, node, reading) => search with
            {
                Confirm = node is MapNode ? Confirmation.Read(Confirmation.Untouched, node, reading) : null,
            },
            Write = search => search.Confirm is { } confirm ? Confirmation.Write(confirm) : null,
            Facts = search => search.Confirm is { } confirm ? Confirmation.Facts(confirm, "confirm") : [],
            IsReadInParts = true,
        },
        Field<Search>.Of("limits", Limitations, search => search.Limits, (search, v) => search with { Limits = v },
            "When to give up on a trial or on the campaign."),
        Field<Search>.OrNone(
            "needs", Needed(), search => (!search.Needs.IsEmpty, search.Needs), (search, v) => search with { Needs = v },
            "What workers on other machines must have, by their labels, such as {gpu: 1}: a number asks for at least so many, a word for "
            + "that word, true for the label whatever it says. A label with a word, such as gpu=a100, is one.",
            Rules.MayChange),
        FromTable.Field,
        EnqueueBinder.Field,
    };

    /// <summary>A whole search file.</summary>
    public static Section<Search> File => Fields;

    /// <summary>The shape of a whole search file.</summary>
    public static MapShape Shape { get; } = Fields.Shape with { ExactlyOne = [["minimize", "maximize", "tradeoff"]] };

    /// <summary>A search with every field at its default; a field that a file must give has no value yet.</summary>
    private static Search Untouched => new() { Name = "search", Objective = new DelegateDefinition(), Space = new Space([]) };

    private static Form<int> Workers() => new(
        new EitherShape("auto or a whole number from 1 to 1024",
            [new WordShape("number of workers", ["auto"]), Form.Count(1, SearchChecks.MostWorkers).Shape]),
        node => node is ScalarNode { Number: not null } ? node.AsCount() : 0,
        workers => workers == 0 ? "auto" : NumberText.Of(workers));

    private static Form<int> Slots() => new(
        new EitherShape("auto or a whole number from 1", [new WordShape("number of slots", ["auto"]), Form.Count(1).Shape]),
        node => node is ScalarNode { Number: not null } ? node.AsCount() : 0,
        slots => slots == 0 ? "auto" : NumberText.Of(slots));

    private static Form<ImmutableSortedDictionary<string, ParameterValue>> Needed() => new(
        new DictionaryShape("labels with what is asked of them, such as {gpu: 1}", new ValueShape())
        {
            NamePattern = "[A-Za-z][A-Za-z0-9_.-]*",
        },
        node => ((MapNode)node)
            .Entries.ToImmutableSortedDictionary(entry => entry.Key.Text, entry => entry.Value.AsValue(), StringComparer.Ordinal),
        needs => $"{{{string.Join(", ", needs.Select(need => $"{need.Key}: {SpaceText.Value(need.Value)}"))}}}");

    private static Field<Search> Named(string name, OptionCatalog catalog, Func<Search, object> get, Func<Search, object, Search> set,
        string meaning) =>
        new(new Key(name, new NamedShape(catalog), meaning))
        {
            Read = (search, node, reading) => catalog.Make(node, reading.Problems) is { } made ? set(search, made) : search,
            Write = search => catalog.Write(get(search)),
            Facts = search => [new Fact(name, catalog.Describe(get(search)), MayChange: false)],
            Default = search => catalog.Write(get(search)),
        };

    /// <summary>Where a key belongs that stands in another part of the file by mistake.</summary>
    private static string? Elsewhere(string name)
    {
        (string Section, MapShape Shape)[] sections =
            [("method", Method.Shape), ("limits", Limitations.Shape), ("confirm", Confirmation.Shape),
                ("objective.train", ObjectiveTable.TrainShape)];
        return sections.FirstOrDefault(section => section.Shape.Keys.Any(key => key.Name == name)).Section is { } home
            ? $"It belongs under {home}."
            : Fields.Shape.Keys.Any(key => key.Name == name) ? "It belongs at the top of the file, not under another key." : null;
    }
}

/// <summary>The fields that name the metrics: one direction, or both.</summary>
internal static class GoalFields
{
    private static readonly TextShape Metric = new("the name of a metric, such as dev_error");

    private static readonly KindShape Metrics = new(
        "the name of a metric, such as dev_error, or several that are traded off, such as [dev_error, parameters]")
    {
        Single = Metric,
        List = new ListShape("at least two metrics, such as [dev_error, parameters]", Metric) { Min = 2 },
    };

    private static readonly KindShape OneOrMoreMetrics =
        new("the name of a metric, or a list of them")
        {
            Single = Metric,
            List = new ListShape("a list of metrics, such as [seconds, parameters]", Metric)
        };

    private static readonly MapShape Both = new("tradeoff",
    [
        new("minimize", OneOrMoreMetrics, "Metrics; less of each is better.") { Required = true },
        new("maximize", OneOrMoreMetrics, "Metrics; more of each is better.") { Required = true },
    ]);

    public static Field<Search> Minimize { get; } = OneWay(
        "minimize", maximize: false,
        "The metric that decides; less is better. A list is traded off: "
        + "the search looks for the front of trials that no other beats in everything. Beside the objective's own there are "
        + "parameters (of the built-in trainer), epochs and seconds (measured, so not the same twice).");

    public static Field<Search> Maximize { get; } = OneWay("maximize", maximize: true,
        "The metric that decides; more is better. A list is traded off.");

    public static Field<Search> TradeOff { get; } = new(new Key(
        "tradeoff", Both, "Metrics of both directions that are traded off, such as {minimize: parameters, maximize: dev_accuracy}."))
    {
        Read = (search, node, _) =>
            With(search, [.. ((MapNode)node).Entries.SelectMany(entry => Of(entry.Key, entry.Value)).Select(goal => goal.Goal)]),
        Write = search => IsBothWays(search)
            ? $"{{{string.Join(", ", search.Goals.GroupBy(goal => goal.Maximize).Select(way => $"{Way(way.Key)}: {List([.. way])}"))}}}"
            : null,
        Facts = search => IsBothWays(search) ? [new Fact("tradeoff", string.Join(", ", search.Goals), MayChange: false)] : [],
    };

    /// <summary>
    /// The metrics of a file with their places, in the order of the file: the first one decides when a single winner is asked for.
    /// </summary>
    /// <param name="root">The file, its shape checked.</param>
    public static IEnumerable<(Goal Goal, Node Place)> Of(MapNode root) => (root["tradeoff"] as MapNode ?? root).Entries
        .Where(entry => entry.Key.Text is "minimize" or "maximize").SelectMany(entry => Of(entry.Key, entry.Value));

    private static IEnumerable<(Goal Goal, Node Place)> Of(ScalarNode way, Node metrics) =>
        metrics.AsItems().Select(metric => (new Goal(metric.AsText(), way.Text == "maximize"), metric));

    private static Field<Search> OneWay(string name, bool maximize, string meaning) => new(new Key(name, Metrics, meaning))
    {
        Read = (search, node, _) => With(search, [.. node.AsItems().Select(metric => new Goal(metric.AsText(), maximize))]),
        Write = search => IsBothWays(search) || search.Maximize != maximize
            ? null : search.Further.IsEmpty ? SpaceText.Quoted(search.Metric) : List([.. search.Goals]),
        Facts = search => IsBothWays(search) || search.Maximize != maximize
            ? []
            : [new Fact(name, string.Join(", ", search.Goals.Select(goal => goal.Metric)), MayChange: false)],
    };

    private static Search With(Search search, Goal[] goals) =>
        search with { Metric = goals[0].Metric, Maximize = goals[0].Maximize, Further = [.. goals[1..]] };

    private static bool IsBothWays(Search search) => search.Further.Any(goal => goal.Maximize != search.Maximize);

    private static string Way(bool maximize) => maximize ? "maximize" : "minimize";

    private static string List(Goal[] goals) => $"[{string.Join(", ", goals.Select(goal => SpaceText.Quoted(goal.Metric)))}]";
}
