using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>The fields that make the space: its parameters, whose conditions are checked against each other, and its constraints.</summary>
internal static partial class SpaceBinder
{
    private const int LongestCycle = 12;

    public static Field<Search> Space { get; } = new(new Key(
        "space",
        new DictionaryShape("at least one parameter, such as learning_rate: {log: [0.0001, 1]}", SearchGrammar.Parameter)
        {
            Min = 1,
            Offered = SearchGrammar.TrainerOffers,
            Advice = GroupAdvice
        },
        "The hyperparameters: each a range on its own scale, or a bare value that stays fixed.")
    { Required = true })
    {
        Read = (search, node, reading) => Parameters((MapNode)node, reading.Problems) is { } parameters
            ? search with { Space = new Space(parameters) } : search,
        Write = search => string.Concat(search.Space.Parameters.Select(parameter => $"\n  {parameter.Name}: {Written(parameter)}")),
        Facts = search =>
            search.Space.Parameters.Select(parameter =>
            new Fact($"space.{parameter.Name}", Describe(parameter), MayChange: false)),
        IsReadInParts = true,
    };

    public static Field<Search> Constraints { get; } = new(new Key(
        "constraints",
        new ListShape(
            "a list of conditions, such as [hidden_layers * hidden_units <= 512]",
                new TextShape("a condition, such as hidden_layers * hidden_units <= 512")),
        "Conditions that every configuration must satisfy: numbers, parameters and 'words', + - * / ^, comparisons, and, or, not."))
    {
        Read = (search, node, reading) =>
        {
            if (!reading.Problems.IsSound(reading.Root["space"]))
                return search;
            var items = ((ListNode)node).Items;
            var constraints = items.Select(item => Read((ScalarNode)item, search.Space.Parameters, reading.Problems)).OfType<Constraint>()
                .ToArray();
            return constraints.Length == items.Length ? search with { Space = new Space(search.Space.Parameters, constraints) } : search;
        },
        Write = search => search.Space.Constraints.IsEmpty
            ? null
            : $"[{string.Join(", ", search.Space.Constraints.Select(constraint => SpaceText.Quoted(constraint.Text)))}]",
        Facts = search => search.Space.Constraints.Select((constraint, i) =>
            new Fact(string.Create(CultureInfo.InvariantCulture, $"constraints[{i}]"), constraint.Text, MayChange: false)),
    };

    /// <summary>The advice to someone who put parameters below a name of their own, as <c>optimizer: {lr: {log: [1e-4, 1]}}</c>.</summary>
    private static string? GroupAdvice(string name, Node value)
    {
        if (value is not MapNode { Entries: [var first, ..] } group
            || NamesAScale(group)
            || !group.Entries.Any(entry => entry.Value is MapNode inner && NamesAScale(inner)))
            return null;
        return $"\"{name}\" has parameters below it, but a space has no groups. Name each in full: {name}.{first.Key.Text}: …";

        static bool NamesAScale(MapNode map) =>
            map.Entries.Any(entry => ScaleNotations.All.Any(notation => notation.Key == entry.Key.Text));
    }

    /// <summary>Conditions in words: <c>optimizer is adam or rmsprop</c>.</summary>
    public static string Describe(ImmutableArray<Condition> when) =>
        string.Join(" and ", when.Select(condition => $"{condition.Parameter} is {string.Join(" or ", condition.Accepted)}"));

    private static string Describe(Parameter parameter) => string.Concat(
        parameter.Scale.Describe(),
        parameter.Default is { } value ? $" default {value}" : "",
        parameter.When.IsEmpty ? "" : $" when {Describe(parameter.When)}");

    private static string Written(Parameter parameter) => parameter.Scale is ScaleInCode kept
        ? SpaceText.Of(parameter, kept.Entries()) : SpaceText.Of(parameter)!;

    private static ImmutableArray<Parameter>? Parameters(MapNode node, Problems problems)
    {
        var before = problems.Count;
        var scales = new Dictionary<string, Scale?>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Entries)
            scales[name.Text] = problems.IsSound(value) ? ScaleOf(value, problems) : null;

        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var (name, value) in node.Entries)
        {
            var conditions = value["when"] is MapNode when && problems.IsSound(when) ? Conditions(name.Text, when, scales, problems) : [];
            if (scales[name.Text] is { } scale)
                parameters.Add(
                    new Parameter(name.Text, scale)
                    {
                        When = conditions,
                        Default = DefaultOf(name.Text, scale, value["default"], problems)
                    });
        }

        CheckCycles(node, problems);
        return problems.IsSound(node) && problems.Count == before ? parameters.ToImmutable() : null;
    }

    private static ParameterValue? DefaultOf(string name, Scale scale, Node? node, Problems problems)
    {
        if (node is null || scale.Contains(node.AsValue()))
            return node?.AsValue();
        problems.Add(node,
            $"the default of \"{name}\" cannot be {node.AsText()}: it is {scale.Describe()}.{Nearest.Hint(node.AsText(), Words(scale))}");
        return null;
    }

    private static Scale? ScaleOf(Node value, Problems problems)
    {
        if (value is ScalarNode)
            return new FixedScale(value.AsValue());
        var key = SearchGrammar.Range.KeyOf(value);
        try
        {
            return key == ScaleInCode.Key
                ? ScaleInCode.Read((MapNode)value) : ScaleGrammar.Make(ScaleNotations.All.First(known => known.Key == key), (MapNode)value);
        }
        catch (ArgumentException refusal)
        {
            var place = refusal.ParamName is "step" or "factor" ? value[refusal.ParamName] : null;
            problems.Add(place ?? value[key]!, Problems.SentenceOf(refusal));
            return null;
        }
    }

    /// <summary>The scale of a sound range; <c>null</c> when its numbers contradict each other.</summary>
    public static Scale? ScaleOf(Node range) => ScaleOf(range, new Problems());

    private static ImmutableArray<Condition> Conditions(string name, MapNode when, Dictionary<string, Scale?> scales, Problems problems)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (var (other, accepted) in when.Entries)
        {
            if (other.Text == name)
                problems.Add(other, $"\"{name}\" cannot depend on itself. Name another parameter.");
            else if (!scales.TryGetValue(other.Text, out var scale))
                problems.Add(other,
                    $"\"{name}\" depends on \"{other.Text}\", which the space does not have."
                    + $"{Nearest.Hint(other.Text, scales.Keys.Where(key => key != name))}");
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
            problems.Add(item,
                $"\"{other}\" never has the value {item.AsText()}: it is {scale.Describe()}.{Nearest.Hint(item.AsText(), Words(scale))}");
        }
    }

    private static string[] Words(Scale scale) => scale is ChoiceScale choice ? [.. choice.Values.Select(value => value.ToString())] : [];

    private static void CheckCycles(MapNode node, Problems problems)
    {
        var edges = node.Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value["when"] as MapNode, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var places = new Dictionary<string, int>(StringComparer.Ordinal); // of the names on the way, which may be as long as the space
        var way = new List<(string Name, int Next)>();
        foreach (var first in edges.Keys)
        {
            Enter(first);
            while (way.Count > 0)
            {
                var (name, next) = way[^1];
                if (edges.GetValueOrDefault(name) is { } when && next < when.Entries.Length)
                {
                    way[^1] = (name, next + 1);
                    Enter(when.Entries[next].Key.Text);
                }
                else
                {
                    way.RemoveAt(way.Count - 1);
                    places.Remove(name);
                }
            }
        }

        void Enter(string name)
        {
            if (places.TryGetValue(name, out var start))
            {
                if (way.Count - start > 1)
                    problems.Add(edges[name]!, Cycle([.. way.Skip(start).Select(step => step.Name).Append(name)]));
            }
            else if (done.Add(name))
            {
                places[name] = way.Count;
                way.Add((name, 0));
            }
        }
    }

    private static string Cycle(string[] names) => "conditions form a cycle: "
        + string.Join(" depends on ", names.Length <= LongestCycle ? names : [.. names[..(LongestCycle - 2)], "…", names[^1]])
        + ". Remove one of them.";

    private static Constraint? Read(ScalarNode node, ImmutableArray<Parameter> parameters, Problems problems)
    {
        try
        {
            var constraint = Constraint.Parse(node.Text);
            constraint.Check(parameters);
            return constraint;
        }
        catch (FormatException refusal)
        {
            problems.Add(Inside(node, refusal.Message, out var message), message);
        }
        catch (ArgumentException refusal)
        {
            problems.Add(node, Problems.SentenceOf(refusal));
        }

        return null;
    }

    /// <summary>The place in the file of a column of the expression.</summary>
    private static Mark Inside(ScalarNode node, string said, out string message)
    {
        var column = Column().Match(said);
        message = column.Success ? said[column.Length..] : said;
        return column.Success
            ? node.Mark with
            {
                Column = node.Mark.Column + int.Parse(column.Groups[1].ValueSpan,
                CultureInfo.InvariantCulture) - (node.Quoted ? 0 : 1)
            }
            : node.Mark;
    }

    [GeneratedRegex("^Column ([0-9]+): ", RegexOptions.CultureInvariant)]
    private static partial Regex Column();
}
