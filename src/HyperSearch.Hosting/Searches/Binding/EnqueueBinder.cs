using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>Makes the enqueued points of their checked list; each must be a point of the space.</summary>
internal static class EnqueueBinder
{
    /// <summary>The points, fixed parameters filled in; for what is wrong errors are noted.</summary>
    public static ImmutableArray<Point> Bind(ListNode list, Space space, Problems problems) =>
        [.. list.Items.Cast<MapNode>().Select(item => Bind(item, space, problems)).OfType<Point>()];

    private static Point? Bind(MapNode node, Space space, Problems problems)
    {
        var sound = true;
        foreach (var (name, value) in node.Entries)
        {
            if (space.Parameters.FirstOrDefault(parameter => parameter.Name == name.Text) is not { } parameter)
                sound = problems.Add(name, $"the space has no parameter \"{name.Text}\".{Nearest.Hint(name.Text, space.Parameters.Select(known => known.Name))}");
            else if (!parameter.Scale.Contains(value.AsValue()))
                sound = problems.Add(value, $"\"{name.Text}\" cannot be {value.AsText()}: it is {parameter.Scale.Describe()}.");
        }

        if (!sound)
            return null;
        var point = space.Completed(new Point(node.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, entry.Value.AsValue()))));
        foreach (var parameter in space.Searched.Where(parameter => point.ContainsKey(parameter.Name) && node[parameter.Name] is null))
            sound = problems.Add(node, $"this configuration does not say \"{parameter.Name}\", which is {parameter.Scale.Describe()}. Give it a value.");
        foreach (var (name, _) in node.Entries.Where(entry => !point.ContainsKey(entry.Key.Text)))
            sound = problems.Add(name, $"\"{name.Text}\" plays no part in this configuration, by its `when`. Leave it out.");
        foreach (var constraint in space.Constraints.Where(constraint => !constraint.Holds(point)))
            sound = problems.Add(node, $"this configuration breaks the constraint \"{constraint}\".");
        return sound ? point : null;
    }
}
