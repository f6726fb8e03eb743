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
    private const int MostTold = 5;

    public static Field<Search> Field { get; } = new(new Key(
        "enqueue",
        new ListShape(
            "a list of configurations, such as [{learning_rate: 0.01}]",
                new DictionaryShape("a configuration: names with values", new ValueShape()) { Min = 1 }),
        "Configurations to try first, in this order. A parameter that one leaves out is drawn from the space, "
        + "by the seed and its place in the list."))
    {
        Read = (search, node, reading) => reading.Problems.IsSound(reading.Root["space"])
            ? search with
            {
                Enqueued = [.. ((ListNode)node).Items.Cast<MapNode>()
                .Select((item, place) => Bind(item, search.Space, RandomStream.For(search.Seed, (ulong)place, "enqueue"), reading.Problems))
                .OfType<Point>()]
            }
            : search,
        Write = search => search.Enqueued.IsEmpty ? null : string.Concat(search.EnqueuedInFull.Select(point =>
            $"\n- {{{string.Join(", ", point.Select(pair => $"{pair.Key}: {SpaceText.Value(pair.Value)}"))}}}")),
        Facts = search => search.EnqueuedInFull.Select((point, i) => new Fact(
            string.Create(CultureInfo.InvariantCulture, $"enqueue[{i}]"),
                string.Join(", ", point.Select(pair => $"{pair.Key}: {pair.Value}")), MayChange: false)),
    };

    /// <summary>Reads a configuration that a person enqueues while a campaign runs, as a search file writes one.</summary>
    /// <param name="text">Such as <c>{learning_rate: 0.01}</c>.</param>
    /// <param name="space">The campaign's space.</param>
    /// <param name="random">Draws the parameters that it leaves out.</param>
    /// <exception cref="CampaignException">It is no configuration of the space; the message says why.</exception>
    public static Point Read(string text, Space space, RandomStream random)
    {
        var problems = new Problems();
        try
        {
            if (YamlText.Read(text, problems) is not MapNode { Entries: { IsEmpty: false } entries } map
                || entries.Any(entry => entry.Value is not ScalarNode { IsNull: false }))
                throw new CampaignException($"A configuration is names with values, such as {{{space.Searched[0].Name}: …}}.");
            if (Bind(map, space, random, problems) is { } point && !problems.Any)
                return point;
        }
        catch (TooManyProblemsException)
        {
            // The first of them tell enough.
        }

        throw new CampaignException(string.Join(' ', problems.InOrder.Take(MostTold).Select(problem => Sentence(problem.Message))));

        static string Sentence(string message) => char.ToUpperInvariant(message[0]) + message[1..];
    }

    private static Point? Bind(MapNode node, Space space, RandomStream random, Problems problems)
    {
        var sound = true;
        foreach (var (name, value) in node.Entries)
        {
            if (space.Find(name.Text) is not { } parameter)
                sound = problems.Add(name,
                    $"the space has no parameter \"{name.Text}\".{Nearest.Hint(name.Text, space.Parameters.Select(known => known.Name))}");
            else if (!parameter.Scale.Contains(value.AsValue()))
                sound = problems.Add(value, $"\"{name.Text}\" cannot be {value.AsText()}: it is {parameter.Scale.Describe()}.");
        }

        if (!sound)
            return null;
        var given = new Point(node.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, entry.Value.AsValue())));
        var point = EnqueueLaw.Complete(given, space, () => random);
        foreach (var (name, _) in node.Entries.Where(entry => !point.ContainsKey(entry.Key.Text)))
            sound = problems.Add(name, $"\"{name.Text}\" plays no part in this configuration, by its `when`. Leave it out.");
        foreach (var constraint in space.Constraints.Where(constraint => !constraint.Holds(point)))
            sound = problems.Add(node, $"this configuration breaks the constraint \"{constraint}\".");
        return sound ? point : null;
    }
}
