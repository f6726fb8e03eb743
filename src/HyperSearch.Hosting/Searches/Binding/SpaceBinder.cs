using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>Makes the space of its map, whose shape has been checked; conditions are checked against the other parameters.</summary>
internal static class SpaceBinder
{
    /// <summary>The space; <c>null</c> when something is wrong with it, for which an error was noted.</summary>
    /// <param name="node">The parameters.</param>
    /// <param name="constraints">What every point must satisfy; <c>null</c> when nothing was written.</param>
    /// <param name="problems">Where errors go.</param>
    public static Space? Bind(MapNode node, Node? constraints, Problems problems)
    {
        var before = problems.Count;
        var scales = new Dictionary<string, Scale?>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Entries)
            scales[name.Text] = problems.IsSound(value) ? ScaleOf(value, problems) : null;

        var parameters = new List<Parameter>();
        foreach (var (name, value) in node.Entries)
        {
            var conditions = value["when"] is MapNode when && problems.IsSound(when) ? Conditions(name.Text, when, scales, problems) : [];
            if (scales[name.Text] is { } scale)
                parameters.Add(new Parameter(name.Text, scale) { When = conditions, Default = DefaultOf(name.Text, scale, value["default"], problems) });
        }

        CheckCycles(node, problems);
        return problems.IsSound(node) && problems.Count == before ? ConstraintBinder.Constrain([.. parameters], constraints, problems) : null;
    }

    private static ParameterValue? DefaultOf(string name, Scale scale, Node? node, Problems problems)
    {
        if (node is null || scale.Contains(node.AsValue()))
            return node?.AsValue();
        problems.Add(node, $"the default of \"{name}\" cannot be {node.AsText()}: it is {scale.Describe()}.{Nearest.Hint(node.AsText(), Words(scale))}");
        return null;
    }

    private static Scale? ScaleOf(Node value, Problems problems)
    {
        if (value is ScalarNode)
            return new FixedScale(value.AsValue());
        var notation = ScaleNotations.All.First(known => known.Key == SearchGrammar.Range.KeyOf(value));
        try
        {
            return ScaleGrammar.Make(notation, (MapNode)value);
        }
        catch (ArgumentException refusal)
        {
            var place = refusal.ParamName is "step" or "factor" ? value[refusal.ParamName] : null;
            problems.Add(place ?? value[notation.Key]!, Law.Of(refusal));
            return null;
        }
    }

    /// <summary>The scale of a sound range; <c>null</c> when its numbers contradict each other.</summary>
    public static Scale? ScaleOf(Node range) => ScaleOf(range, new Problems(""));

    private static ImmutableArray<Condition> Conditions(string name, MapNode when, Dictionary<string, Scale?> scales, Problems problems)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (var (other, accepted) in when.Entries)
        {
            if (other.Text == name)
                problems.Add(other, $"\"{name}\" cannot depend on itself. Name another parameter.");
            else if (!scales.TryGetValue(other.Text, out var scale))
                problems.Add(other, $"\"{name}\" depends on \"{other.Text}\", which the space does not have.{Nearest.Hint(other.Text, scales.Keys.Where(key => key != name))}");
            else
                CheckReachable(other.Text, scale, accepted, problems);
            conditions.Add(new Condition(other.Text, [.. accepted.AsItems().Select(item => item.AsValue())]));
        }

        return conditions.ToImmutable();
    }

    private static void CheckReachable(string other, Scale? scale, Node accepted, Problems problems)
    {
        foreach (var item in scale is null ? [] : accepted.AsItems())
        {
            if (scale!.Contains(item.AsValue()))
                continue;
            problems.Add(item, $"\"{other}\" never has the value {item.AsText()}: it is {scale.Describe()}.{Nearest.Hint(item.AsText(), Words(scale))}");
        }
    }

    private static string[] Words(Scale scale) => scale is ChoiceScale choice ? [.. choice.Values.Select(value => value.ToString())] : [];

    private static void CheckCycles(MapNode node, Problems problems)
    {
        var edges = node.Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value["when"] as MapNode, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in edges.Keys)
            Visit(name, []);

        void Visit(string name, ImmutableList<string> path)
        {
            if (path.IndexOf(name) is >= 0 and var start)
            {
                if (path.Count - start > 1)
                    problems.Add(edges[name]!, $"conditions form a cycle: {string.Join(" depends on ", path.Skip(start).Append(name))}. Remove one of them.");
            }
            else if (done.Add(name) && edges.GetValueOrDefault(name) is { } when)
            {
                foreach (var (other, _) in when.Entries)
                    Visit(other.Text, path.Add(name));
            }
        }
    }
}
