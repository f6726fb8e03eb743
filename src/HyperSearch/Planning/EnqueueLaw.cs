using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>The configurations that people enqueue: what each must be, and what becomes of the parameters that it leaves out.</summary>
internal static class EnqueueLaw
{
    private const int MostTries = 10_000;

    /// <summary>Why the configurations that a program enqueues are none of the space, a sentence for each mistake.</summary>
    public static IEnumerable<string> Problems(Search search)
    {
        for (var place = 0; place < search.Enqueued.Length; place++)
        {
            var given = search.Enqueued[place];
            string[] mistakes = [.. given.Select(pair => Problem(pair.Key, pair.Value, search.Space)).OfType<string>()];
            if (mistakes.Length == 0)
            {
                var point = Complete(given, search, place);
                mistakes = [.. search.Space.Constraints.Where(constraint => !constraint.Holds(point))
                    .Select(constraint => $"{point} breaks the constraint \"{constraint}\".")];
            }

            foreach (var mistake in mistakes)
                yield return FormattableString.Invariant($"Enqueued[{place}]: {mistake}");
        }
    }

    /// <summary>Why a value is none of its parameter's, or the parameter none of the space; <c>null</c> where all is well.</summary>
    public static string? Problem(string name, ParameterValue value, Space space) =>
        space.Find(name) is not { } parameter
            ? $"the space has no parameter \"{name}\".{Nearest.Hint(name, space.Parameters.Select(known => known.Name))}"
            : !parameter.Scale.Contains(value) ? $"\"{name}\" cannot be {value}: it is {parameter.Scale.Describe()}." : null;

    /// <summary>A configuration that a search enqueues, in full.</summary>
    /// <param name="given">The configuration.</param>
    /// <param name="search">The search.</param>
    /// <param name="place">Its place among those that are enqueued, from 0.</param>
    public static Point Complete(Point given, Search search, int place) =>
        Complete(given, search.Space, () => RandomStream.For(search.Seed, (ulong)place, "enqueue"));

    /// <summary>
    /// A configuration in full: what it leaves out is drawn from the space until all of what it gives plays a part and every constraint
    /// holds; the last one drawn where none does. What plays no part is left out.
    /// </summary>
    /// <param name="given">The configuration, of values of the space.</param>
    /// <param name="space">The space.</param>
    /// <param name="random">Draws; asked where something is left out.</param>
    public static Point Complete(Point given, Space space, Func<RandomStream> random)
    {
        var point = space.Completed(given);
        if (!space.Searched.Any(parameter => point.ContainsKey(parameter.Name) && !given.ContainsKey(parameter.Name)))
            return point;
        var (stream, position, tries) = (random(), new double[space.Dimensions], 0);
        do
        {
            stream.Fill(position);
            point = space.Completed(new Point(space.Searched.Select((parameter, i) => KeyValuePair.Create(
                parameter.Name, given.TryGetValue(parameter.Name, out var value) ? value : parameter.Scale.At(position[i])))));
        }
        while (++tries < MostTries
            && !(given.All(pair => point.ContainsKey(pair.Key)) && space.Constraints.All(constraint => constraint.Holds(point))));
        return point;
    }
}
