using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>The metrics that decide, and where they stand in a search file.</summary>
internal static class GoalNodes
{
    /// <summary>In the order of the file: the first is the one that a single winner is taken by.</summary>
    /// <param name="root">The file, whose shape has been checked.</param>
    public static IEnumerable<(Goal Goal, Node Place)> Of(MapNode root)
    {
        var section = root["tradeoff"] as MapNode ?? root;
        foreach (var (key, value) in section.Entries.Where(entry => entry.Key.Text is "minimize" or "maximize"))
        {
            foreach (var metric in value.AsItems())
                yield return (new Goal(metric.AsText(), key.Text == "maximize"), metric);
        }
    }
}
