using System.Text.RegularExpressions;
using HyperSearch.Objectives;
using HyperSearch.Searches.Yaml;
using HyperSearch.Training;

namespace HyperSearch.Searches.Binding;

/// <summary>Whether the objective, its metric and the names in the space go together.</summary>
internal static partial class ObjectiveChecks
{
    /// <summary>Notes what does not.</summary>
    public static void Check(MapNode root, ObjectiveDefinition? objective, Problems problems)
    {
        if (root["objective"]?["command"] is ListNode command && root["space"] is MapNode space)
            CheckPlaceholders(command, [.. space.Entries.Select(entry => entry.Key.Text)], problems);
        if (root["objective"]?["train"] is not null && root["space"] is MapNode hyperparameters)
            TrainerChecks.CheckSpace(hyperparameters, problems);
        if (objective is TrainingDefinition training)
            TrainerChecks.CheckMetric(root, training, problems);
    }

    private static void CheckPlaceholders(ListNode command, string[] parameters, Problems problems)
    {
        foreach (var argument in command.Items.OfType<ScalarNode>())
        {
            foreach (Match match in Placeholder().Matches(argument.Text))
            {
                var name = match.Groups[1].Value;
                if (!parameters.Contains(name))
                    problems.Add(argument, $"{{{name}}} names no parameter of the space.{Nearest.Hint(name, parameters)} The space has {Nearest.List(parameters)}.");
            }
        }
    }

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_.-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
