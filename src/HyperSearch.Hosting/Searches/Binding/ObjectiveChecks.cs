using System.Collections.Immutable;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>Whether the objective, its metric and the names in the space go together.</summary>
internal static class ObjectiveChecks
{
    /// <summary>Notes what does not.</summary>
    public static void Check(MapNode root, ObjectiveDefinition? objective, Problems problems)
    {
        var train = root["objective"]?["train"];
        if (train is not null)
            TrainerChecks.CheckMetric(root, train, problems);
        CheckPrior(root, problems);
        if (root["space"] is not MapNode space)
            return;
        if (train is not null)
            TrainerChecks.CheckSpace(space, problems);
        if (objective is CommandDefinition command)
            CheckArguments((ListNode)root["objective"]!["command"]!, root["objective"]!["env"], command, space, problems);
    }

    /// <summary>Notes a prior that knows nothing of the objective or of how the search ranks.</summary>
    private static void CheckPrior(MapNode root, Problems problems)
    {
        if (root["method"]?["prior"] is not ScalarNode { Text: "trainer" } prior)
            return;
        if (root["objective"] is { } objective && objective["train"] is null)
        {
            problems.Add(prior, "prior: trainer is what is known of the built-in trainer, and this objective is another. "
                + "Write prior: none, or leave it out.");
        }

        if (GoalFields.Of(root).Count() > 1)
        {
            problems.Add(prior, "prior: trainer is what did well by one metric, and this search trades several off. "
                + "Write prior: none, or name one metric.");
        }
    }

    /// <summary>Each argument by itself, so that each mistake has its place.</summary>
    private static void CheckArguments(ListNode arguments, Node? environment, CommandDefinition command, MapNode space, Problems problems)
    {
        var names = new Space(space.Entries.Select(entry => new Parameter(entry.Key.Text, new FixedScale(0))));
        foreach (var argument in arguments.Items)
        {
            foreach (var problem in CommandTemplate.Problems(command with
            {
                Arguments = [argument.AsText()],
                Environment = command.Environment.Clear()
            }, names))
                problems.Add(argument, problem);
        }

        foreach (var (name, value) in (environment as MapNode)?.Entries ?? [])
        {
            var variable = command.Environment.Where(pair => pair.Key == name.Text).ToImmutableSortedDictionary(StringComparer.Ordinal);
            foreach (var problem in CommandTemplate.Problems(command with { Arguments = ["program"], Environment = variable }, names))
                problems.Add(value, problem);
        }
    }
}
