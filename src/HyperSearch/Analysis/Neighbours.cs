using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>A trial near a configuration.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Distance">How far it is, in [0, 1].</param>
internal sealed record Neighbour(Trial Trial, double Distance);

/// <summary>What lies around a configuration.</summary>
internal static class Neighbours
{
    /// <summary>A small move goes at most this share of a parameter's range, on its own scale.</summary>
    private const double Step = 0.08;

    private const int MostTries = 200;

    /// <summary>The trials nearest to a configuration, the nearest first.</summary>
    /// <param name="space">The space.</param>
    /// <param name="trials">The trials; of those at the same distance the earlier comes first.</param>
    /// <param name="point">The configuration.</param>
    /// <param name="count">How many at most.</param>
    public static ImmutableArray<Neighbour> Nearest(Space space, IEnumerable<Trial> trials, Point point, int count) =>
    [
        .. trials.Select(trial => new Neighbour(trial, Distance(space, point, trial.Point)))
            .OrderBy(neighbour => neighbour.Distance).ThenBy(neighbour => neighbour.Trial.Number).Take(count),
    ];

    /// <summary>How far two configurations are apart: the root of the mean, over the searched parameters, of their squared distances.
    /// </summary>
    /// <remarks>Of a number the distance is that of its positions on the parameter's own scale; of a category 0 or 1; 1 where the parameter
    /// plays a part in one configuration only.</remarks>
    public static double Distance(Space space, Point first, Point second) => space.Searched.IsEmpty ? 0
        : Math.Sqrt(space.Searched.Average(parameter => Squared(parameter, first, second)));

    /// <summary>A configuration near another: one or two of its parameters are a little elsewhere.</summary>
    /// <param name="space">The space.</param>
    /// <param name="point">The configuration.</param>
    /// <param name="random">Chooses the move.</param>
    /// <returns><c>null</c> where no small move satisfies the constraints.</returns>
    public static Point? Move(Space space, Point point, RandomStream random)
    {
        int[] movable = [.. Enumerable.Range(0, space.Dimensions).Where(d => point.ContainsKey(space.Searched[d].Name))];
        var position = space.PositionOf(point);
        for (var attempt = 0; attempt < MostTries && movable.Length > 0; attempt++)
        {
            var values = space.Searched.Select((parameter, d) =>
                point.TryGetValue(parameter.Name, out var value) ? value : parameter.Scale.At(position[d])).ToArray();
            random.Shuffle(movable.AsSpan());
            foreach (var d in movable.Take(1 + random.NextInt(Math.Min(2, movable.Length))))
                values[d] = space.Searched[d].Scale.At(Near(space.Searched[d].Scale, position[d], random));
            var moved = space.Completed(new Point(space.Searched.Zip(values,
                static (parameter, value) => KeyValuePair.Create(parameter.Name, value))));
            if (!moved.Equals(point) && space.Constraints.All(constraint => constraint.Holds(moved)))
                return moved;
        }

        return null;
    }

    private static double Squared(Parameter parameter, Point first, Point second)
    {
        var (inFirst, inSecond) = (first.TryGetValue(parameter.Name, out var a), second.TryGetValue(parameter.Name, out var b));
        if (!inFirst || !inSecond)
            return inFirst == inSecond ? 0 : 1;
        if (parameter.Scale.IsCategorical || !parameter.Scale.Contains(a) || !parameter.Scale.Contains(b))
            return a == b ? 0 : 1;
        var apart = parameter.Scale.PositionOf(a) - parameter.Scale.PositionOf(b);
        return apart * apart;
    }

    /// <summary>A position near another; of a category any other one, of few values the next.</summary>
    private static double Near(Scale scale, double position, RandomStream random)
    {
        if (scale.IsCategorical)
            return random.NextDouble();
        var least = scale.Count is { } values ? 1.0 / values : 0; // a whole cell, or the value would stay
        var step = Math.Max(least, Step * (0.25 + (0.75 * random.NextDouble())));
        return Math.Clamp(random.Happens(0.5) ? position + step : position - step, 0, 1);
    }
}
