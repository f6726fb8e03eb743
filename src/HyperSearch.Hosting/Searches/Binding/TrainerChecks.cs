using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training;
using HyperSearch.Training.Data;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>
/// Whether the built-in trainer knows the metric and the hyperparameters of a search, and can take every value of their ranges.
/// </summary>
internal static class TrainerChecks
{
    /// <summary>Where in the unit interval a range is tried: its ends, and between them, where a value may lack to be whole.</summary>
    private static readonly double[] Between = [0.11, 0.37, 0.5, 0.83];

    /// <summary>Notes a metric that the trainer does not measure, whatever else is wrong with the objective.</summary>
    public static void CheckMetric(MapNode root, Node train, Problems problems)
    {
        string[] sections = ["minimize", "maximize", "tradeoff"];
        var given = sections.Select(name => root[name]).OfType<Node>().ToArray();
        if (given.Length != 1 || !problems.IsSound(given[0]))
            return;
        string[] known =
        [
            .. TrainingMetrics.Names((train["task"] as ScalarNode)?.Text switch
            {
                "classification" => LearningTask.Binary, // how many classes there are only the data tell
                "regression" => LearningTask.Regression,
                _ => null,
            }),
        ];
        var goals = GoalFields.Of(root).ToArray();
        if (goals.Length > 1)
            known = [.. known, Goal.Parameters, Goal.Epochs, Goal.Seconds];
        foreach (var (goal, place) in goals)
        {
            if (!known.Contains(goal.Metric))
                problems.Add(place,
                    $"the built-in trainer does not measure \"{goal.Metric}\".{Nearest.Hint(goal.Metric, known)}"
                    + $" It measures {string.Join(", ", known)}.");
            else if (Metrics.MoreIsBetter(goal.Metric) is { } more && more != goal.Maximize)
                problems.Add(place,
                    $"{goal.Metric} is better when {(goal.Maximize ? "smaller: write minimize" : "larger: write maximize")}.");
        }
    }

    /// <summary>Notes names that the trainer does not know and values that it does not take.</summary>
    public static void CheckSpace(MapNode space, Problems problems)
    {
        var unknown = space.Entries.Select(entry => entry.Key).Where(name => name.Text != "epochs" && TrainerNames.Find(name.Text) is null)
            .ToHashSet();
        var last = unknown.LastOrDefault();
        foreach (var (name, value) in space.Entries)
        {
            if (name.Text == "epochs")
                problems.Add(name, "epochs is the budget of every trial and stands under objective.train. Move it there.");
            else if (unknown.Contains(name))
                problems.Add(name,
                    $"the built-in trainer has no hyperparameter \"{name.Text}\"."
                    + $"{TrainerNames.Hint(name.Text)}{(name == last ? TrainerNames.Listing : "")}");
            else if (problems.IsSound(value))
                CheckValues(name.Text, value, problems);
        }
    }

    private static void CheckValues(string name, Node value, Problems problems)
    {
        if (value is ScalarNode)
        {
            Try(name, value.AsValue(), value, problems);
            return;
        }

        var kind = SearchGrammar.Range.KeyOf(value);
        if (kind == ScaleInCode.Key)
            return; // its program asked when it made the search
        if (kind is "choice" or "fixed")
        {
            foreach (var item in value[kind]!.AsItems())
                Try(name, item.AsValue(), item, problems);
        }
        else if (SpaceBinder.ScaleOf(value) is { } scale)
        {
            var ends = ((ListNode)value[kind]!).Items;
            if (Try(name, scale.At(0), ends[0], problems) & Try(name, scale.At(1), ends[1], problems))
                _ = Between.All(u =>
                    Try(name, scale.At(u), value[kind]!, problems,
                    scale.At(u).Number % 1 == 0 ? "" : " Whole numbers come from int, log_int or power_of_two."));
        }
    }

    private static bool Try(string name, ParameterValue value, Node place, Problems problems, string wayOut = "")
    {
        try
        {
            TrainerOptions.From(new Dictionary<string, object>(StringComparer.Ordinal) { [name] = value.Boxed });
            return true;
        }
        catch (HyperparameterException refusal)
        {
            return problems.Add(place, refusal.Message + wayOut);
        }
    }
}
