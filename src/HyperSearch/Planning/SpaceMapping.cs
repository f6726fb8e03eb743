using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>Carries trials of another space over into a space, value by value, and notes what does not fit.</summary>
internal sealed class SpaceMapping(Space space, ulong seed)
{
    private readonly HashSet<string> _known = [];

    /// <summary>Whether a number outside its range moves to the nearer end, instead of being refused. Default: it is refused.</summary>
    public bool MovesIntoRanges { get; init; }

    /// <summary>Values that moved to the nearest one of their new scale, in words.</summary>
    public List<string> Moved { get; } = [];

    /// <summary>Why the last trial does not fit; <c>null</c> when it does, or when it is the same as an earlier one.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The trial's configuration in the space; <c>null</c> when it does not fit or was carried over before.</summary>
    public Point? Map(Trial trial) => Map(trial.Point, trial.Number);

    /// <summary>A configuration of another space in this one; <c>null</c> when it does not fit or was carried over before.</summary>
    /// <param name="source">The configuration.</param>
    /// <param name="number">Its number there.</param>
    public Point? Map(Point source, int number)
    {
        var values = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        var misfits = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in space.Parameters.Where(parameter => source.ContainsKey(parameter.Name)))
        {
            var given = source[parameter.Name];
            if (NearestValue.On(parameter.Scale, given, MovesIntoRanges) is { } value)
                values[parameter.Name] = value;
            else
                misfits[parameter.Name] = $"{parameter.Name} {given} is not in {parameter.Scale.Describe()}";
        }

        var point = Complete(values, number);
        Refusal = point.Keys.Where(misfits.ContainsKey).Select(name => misfits[name]).FirstOrDefault()
            ?? space.Constraints.Where(constraint => !constraint.Holds(point))
                .Select(constraint => $"it breaks the constraint \"{constraint}\"").FirstOrDefault();
        if (Refusal is not null || !_known.Add(string.Join(' ', space.PositionOf(point))))
            return null;
        Moved.AddRange(point
            .Where(pair => source.TryGetValue(pair.Key, out var given) && given != pair.Value)
            .Select(pair => string.Create(CultureInfo.InvariantCulture,
                $"{pair.Key} {source[pair.Key].Number:G4} to {pair.Value} in trial {number}")));
        return point;
    }

    /// <summary>The configuration with these values, and drawn ones where there is none; what plays no part in it is left out.</summary>
    private Point Complete(Dictionary<string, ParameterValue> values,
        int trial) => space.Completed(new Point(space.Searched.Select(parameter => KeyValuePair.Create(
        parameter.Name,
        values.TryGetValue(parameter.Name, out var value)
            ? value
            : parameter.Scale.At(RandomStream.For(seed, (ulong)trial, $"from {parameter.Name}").NextDouble())))));
}

/// <summary>Finds the value of a scale that is nearest to one that another scale gave.</summary>
internal static class NearestValue
{
    /// <summary>The value itself where the scale has it, else the nearer of its two neighbours; <c>null</c> when it is out of range, or no
    /// number.</summary>
    /// <param name="scale">The scale.</param>
    /// <param name="value">The value.</param>
    /// <param name="movesIntoRange">Whether a number out of range takes the nearer end.</param>
    public static ParameterValue? On(Scale scale, ParameterValue value, bool movesIntoRange = false)
    {
        if (scale.Contains(value))
            return value;
        if (scale.IsCategorical || !value.IsNumber || !scale.At(0).IsNumber)
            return null;
        if (value.Number < scale.At(0).Number || value.Number > scale.At(1).Number)
            return movesIntoRange ? scale.At(value.Number < scale.At(0).Number ? 0 : 1) : default(ParameterValue?);
        if (scale.Count is not (> 1 and var count))
            return null;

        var (low, high) = (0L, count - 1);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) = Cell(middle) <= value.Number ? (middle, high) : (low, middle);
        }

        return value.Number - Cell(low) <= Cell(high) - value.Number ? Cell(low) : Cell(high);

        double Cell(long index) => scale.At((index + 0.5) / count).Number;
    }
}
