using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>Makes a <see cref="Search"/> of a checked tree, and notes what only shows when its parts are seen together.</summary>
/// <param name="root">The tree, already checked against <see cref="SearchGrammar.File"/>.</param>
/// <param name="fileName">Names the search where the file does not.</param>
/// <param name="folder">What relative paths start from; absolute.</param>
/// <param name="problems">Where errors go.</param>
internal sealed class SearchBinder(MapNode root, string fileName, string folder, Problems problems)
{
    /// <summary>The search; <c>null</c> when anything was wrong.</summary>
    public Search? Bind()
    {
        var name = Name();
        var objective = root["objective"] is { } given && problems.IsSound(given) ? ObjectiveBinder.Bind((MapNode)given, folder, problems) : null;
        var space = root["space"] is MapNode parameters ? SpaceBinder.Bind(parameters, root["constraints"], problems) : null;
        ObjectiveChecks.Check(root, objective, problems);
        var sampler = Sampler();
        var schedule = root["schedule"] is { } word && problems.IsSound(word) ? (ISchedule?)SearchGrammar.Schedules.Make(word, problems) : new FullSchedule();
        if (schedule is not null && objective is not null && root["schedule"] is { } place)
            Attempt(place, () => schedule.Initial(objective.Epochs));
        var enqueued = space is not null && root["enqueue"] is ListNode points && problems.IsSound(points) ? EnqueueBinder.Bind(points, space, problems) : [];
        if (problems.Any)
            return null;

        var search = Assemble(name!, objective!, space!, sampler!, schedule!, enqueued);
        CheckWhole(search);
        return problems.Any ? null : search;
    }

    private Search Assemble(string name, ObjectiveDefinition objective, Space space, ISampler sampler, ISchedule schedule, ImmutableArray<Point> enqueued)
    {
        var method = root["method"];
        ImmutableArray<Goal> goals = [.. GoalNodes.Of(root).Select(entry => entry.Goal)];
        var search = new Search
        {
            Name = name,
            Objective = objective,
            Metric = goals[0].Metric,
            Maximize = goals[0].Maximize,
            Further = goals[1..],
            BaseError = root["base_error"]?.AsNumber() ?? 0,
            Space = space,
            Sampler = sampler,
            Schedule = schedule,
            Relaxed = method?["ordering"]?.AsText() == "relaxed",
            Workers = method?["workers"] is ScalarNode { Number: not null } workers ? workers.AsCount() : null,
            Enqueued = enqueued,
            From = FromOf(root["from"]),
            Confirm = ConfirmOf(root["confirm"]),
            Limits = LimitsOf(root["limits"]),
        };
        return search with
        {
            Trials = method?["trials"]?.AsCount() ?? search.Trials,
            Seed = (ulong?)method?["seed"]?.AsWhole() ?? search.Seed,
            Slots = method?["slots"]?.AsCount() ?? search.Slots,
        };
    }

    private static Limits LimitsOf(Node? node)
    {
        var defaults = new Limits();
        return new Limits
        {
            TrialTimeout = node?["trial_timeout"]?.AsDuration(),
            Retries = node?["retries"]?.AsCount() ?? defaults.Retries,
            StopAfterFailures = node?["stop_after_failures"]?.AsCount() ?? defaults.StopAfterFailures,
            Time = node?["time"]?.AsDuration(),
            Target = node?["target"]?.AsNumber(),
            Patience = node?["patience"]?.AsCount(),
            Epochs = node?["epochs"]?.AsWhole(),
        };
    }

    private static WarmStart? FromOf(Node? node) => node switch
    {
        null => null,
        ScalarNode => new WarmStart(node.AsText()),
        _ => new WarmStart(node["campaign"]!.AsText(), node["best"]?.AsCount() ?? WarmStart.DefaultBest),
    };

    private Confirm? ConfirmOf(Node? node)
    {
        if (node is null)
            return null;
        var defaults = new Confirm();
        var confirm = new Confirm { Top = node["top"]?.AsCount() ?? defaults.Top, Repeats = node["repeats"]?.AsCount() ?? defaults.Repeats, AtMost = node["at_most"]?.AsCount() };
        if (confirm.AtMost < confirm.Top * confirm.Repeats)
            problems.Add(node["at_most"]!, $"at_most is at least top times repeats, here {confirm.Top} x {confirm.Repeats} = {confirm.Top * confirm.Repeats}.");
        return confirm;
    }

    private string? Name()
    {
        if (root["name"] is { } given)
            return problems.IsSound(given) ? given.AsText() : null;
        var name = Path.GetFileNameWithoutExtension(fileName);
        if (new TextShape("") { Pattern = SearchGrammar.NamePattern }.Check(new ScalarNode(root.Mark, name, Quoted: true), new Problems(fileName)))
            return name;
        problems.Add(root, $"the search has no name, and \"{name}\", the file's, cannot be a folder's. Write name: with letters, digits, dots, _ and -.");
        return null;
    }

    private ISampler? Sampler() => root["method"]?["sampler"] is not { } node
        ? DefaultSampler()
        : problems.IsSound(node) ? (ISampler?)SearchGrammar.Samplers.Make(node, problems) : null;

    private static ISampler DefaultSampler() =>
        (ISampler)Activator.CreateInstance((SearchGrammar.Samplers.Entries.FirstOrDefault(entry => entry.Name == "coarse_to_fine") ?? SearchGrammar.Samplers.Entries.First(entry => entry.Name == "random")).Type)!;

    /// <summary>What the sampler has to say to this space.</summary>
    private void CheckWhole(Search search)
    {
        Node space = root["space"]!;
        foreach (var problem in TradeOff.Problems(search, SearchGrammar.Samplers.Describe(search.Sampler)))
            problems.Add((root["minimize"] ?? root["maximize"] ?? root["tradeoff"])!, problem);
        if (search.Space.Dimensions == 0 && search.Trials > 1)
            problems.Add(space, $"every parameter of the space has a single value, so all {search.Trials} trials would be the same. Give one a range, such as learning_rate: {{log: [0.0001, 1]}}, or ask for trials: 1.");
        else
            Attempt(root["method"]?["sampler"] ?? space, () => search.Sampler.Initial(new SamplingProblem(search.Space, search.Seed, search.Trials)));
    }

    private void Attempt(Node place, Action making)
    {
        try
        {
            making();
        }
        catch (ArgumentException refusal)
        {
            problems.Add(place, Law.Of(refusal));
        }
    }
}
