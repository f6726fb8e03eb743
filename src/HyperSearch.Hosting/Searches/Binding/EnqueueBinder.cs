using System.Globalization;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>The field of the configurations to try first; each must be a point of the space.</summary>
internal static class EnqueueBinder
{
    public static Field<Search> Field { get; } = new(new Key(
        "enqueue",
        new ListShape(
            "a list of configurations, such as [{learning_rate: 0.01}]",
                new DictionaryShape("a configuration: names with values", new ValueShape()) { Min = 1 }),
        "Configurations to try first, in this order."))
    {
        Read = (search, node, reading) => reading.Problems.IsSound(reading.Root["space"])
            ? search with { Enqueued = [.. ((ListNode)node).Items.Cast<MapNode>().Select(item => Bind(item, search.Space, reading.Problems))
                .OfType<Point>()] }
            : search,
        Write = search => search.Enqueued.IsEmpty ? null : string.Concat(search.Enqueued.Select(point =>
            $"\n- {{{string.Join(", ", point.Select(pair => $"{pair.Key}: {SpaceText.Value(pair.Value)}"))}}}")),
        Facts = search => search.Enqueued.Select((point, i) => new Fact(
            string.Create(CultureInfo.InvariantCulture, $"enqueue[{i}]"),
                string.Join(", ", point.Select(pair => $"{pair.Key}: {pair.Value}")), MayChange: false)),
    };

    private static Point? Bind(MapNode node, Space space, Problems problems)
    {
        var sound = true;
        foreach (var (name, value) in node.Entries)
        {
            if (space.Parameters.FirstOrDefault(parameter => parameter.Name == name.Text) is not { } parameter)
                sound = problems.Add(name,
                    $"the space has no parameter \"{name.Text}\".{Nearest.Hint(name.Text, space.Parameters.Select(known => known.Name))}");
            else if (!parameter.Scale.Contains(value.AsValue()))
                sound = problems.Add(value, $"\"{name.Text}\" cannot be {value.AsText()}: it is {parameter.Scale.Describe()}.");
        }

        if (!sound)
            return null;
        var point = space.Completed(new Point(node.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, entry.Value.AsValue()))));
        foreach (var parameter in space.Searched.Where(parameter => point.ContainsKey(parameter.Name) && node[parameter.Name] is null))
            sound = problems.Add(node,
                $"this configuration does not say \"{parameter.Name}\", which is {parameter.Scale.Describe()}. Give it a value.");
        foreach (var (name, _) in node.Entries.Where(entry => !point.ContainsKey(entry.Key.Text)))
            sound = problems.Add(name, $"\"{name.Text}\" plays no part in this configuration, by its `when`. Leave it out.");
        foreach (var constraint in space.Constraints.Where(constraint => !constraint.Holds(point)))
            sound = problems.Add(node, $"this configuration breaks the constraint \"{constraint}\".");
        return sound ? point : null;
    }
}
