using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>
/// Stands for a scale of a program's own where its campaign is read: some of its values with their positions, so that every verb can draw,
/// compare and explain with it.
/// </summary>
/// <remarks>
/// Of up to 1,000 values each is known; of more, and of a continuous scale, 65 are, and a straight line leads from one to the next.
/// Positions between them are therefore close and not exact; the values of trials are the program's own.
/// </remarks>
internal sealed record ScaleInCode : Scale
{
    /// <summary>The key in place of a kind of scale.</summary>
    public const string Key = "code";

    private const int MostListed = 1000;
    private const int Steps = 64;

    private readonly string _words;
    private readonly ImmutableArray<ParameterValue> _values;
    private readonly ImmutableArray<double> _positions;
    private readonly long? _count;
    private readonly bool _listsAll;

    private ScaleInCode(
        string words, ImmutableArray<ParameterValue> values, ImmutableArray<double> positions, long? count, bool listsAll) =>
        (_words, _values, _positions, _count, _listsAll) = (words, values, positions, count, listsAll);

    /// <summary>How a search file writes it.</summary>
    public static MapShape Shape { get; } = new("a parameter with code",
    [
        new(Key, new TextShape("the scale in the program's own words"),
            "A scale in the code of the program that wrote this file, in its words; only that program can run the search.")
        { Required = true },
        new("values", new ListShape("the values", new ValueShape()), "All values, in the order of their positions."),
        new("positions", new ListShape("numbers from 0 to 1", new NumberShape { Min = 0, Max = 1 }),
            "The position of each value; by default they are evenly spaced."),
        new("knots", new ListShape("numbers", new NumberShape()) { Min = 2 },
            "Values at evenly spaced positions from 0 to 1, of a scale that has too many to list."),
        new("count", new NumberShape { Whole = true, Min = 2 }, "How many values the scale has; by default it is continuous."),
        new("categorical", new BooleanShape(), "Whether the values have no order."),
        new("spread", new TextShape("how values are spread"), "How values are spread, for the label of an axis."),
    ])
    { ExactlyOne = [["values", "knots"]] };

    /// <inheritdoc/>
    public override long? Count => _count;

    /// <inheritdoc/>
    public override bool IsCategorical => IsUnordered;

    /// <inheritdoc/>
    public override string Spread => Spacing;

    private bool IsUnordered { get; init; }

    private string Spacing { get; init; } = "";

    private bool Ascends => _values[0].Number <= _values[^1].Number;

    /// <summary>A stand-in for a scale that no search file knows; any other scale as it is.</summary>
    public static Scale Of(Scale scale)
    {
        if (scale is ScaleInCode || scale.Written is not null)
            return scale;
        var listsAll = scale.Count is <= MostListed || !scale.At(0).IsNumber;
        var values = listsAll ? ListOf(scale) : [.. Enumerable.Range(0, Steps + 1).Select(i => scale.At((double)i / Steps))];
        ImmutableArray<double> positions = listsAll ? [.. values.Select(scale.PositionOf)] : Even(values.Length, fromEndToEnd: true);
        return new ScaleInCode(scale.Describe(), values, positions, scale.Count, listsAll)
        {
            IsUnordered = scale.IsCategorical,
            Spacing = scale.Spread,
        };
    }

    /// <summary>The stand-in that a sound map describes.</summary>
    /// <exception cref="ArgumentException">Its numbers contradict each other.</exception>
    public static ScaleInCode Read(MapNode map)
    {
        var listsAll = map["values"] is not null;
        ImmutableArray<ParameterValue> values = [.. map[listsAll ? "values" : "knots"]!.AsItems().Select(item => item.AsValue())];
        var positions = map["positions"] is { } given
            ? [.. given.AsItems().Select(item => item.AsNumber())] : Even(values.Length, fromEndToEnd: !listsAll);
        if (positions.Length != values.Length || !positions.Zip(positions.Skip(1), (left, right) => left < right).All(ascends => ascends))
            throw new ArgumentException("A scale in code has one position for each value, in ascending order.");
        long? count = listsAll ? values.Length : map["count"] is { } many ? many.AsWhole() : null;
        return new ScaleInCode(map[Key]!.AsText(), values, positions, count, listsAll)
        {
            IsUnordered = map["categorical"]?.AsBoolean() ?? false,
            Spacing = map["spread"]?.AsText() ?? "",
        };
    }

    /// <summary>The entries of the map that <see cref="Read"/> understands.</summary>
    public IEnumerable<string> Entries()
    {
        yield return $"{Key}: {SpaceText.Quoted(_words)}";
        yield return $"{(_listsAll ? "values" : "knots")}: [{string.Join(", ", _values.Select(SpaceText.Value))}]";
        if (_listsAll && !_positions.SequenceEqual(Even(_values.Length, fromEndToEnd: false)))
            yield return $"positions: [{string.Join(", ", _positions.Select(NumberText.Written))}]";
        if (!_listsAll && _count is { } count)
            yield return $"count: {NumberText.Of(count)}";
        if (IsUnordered)
            yield return "categorical: true";
        if (Spacing.Length > 0)
            yield return $"spread: {SpaceText.Quoted(Spacing)}";
    }

    /// <inheritdoc/>
    public override ParameterValue At(double u)
    {
        var above = _positions.BinarySearch(InUnit(u));
        if (above >= 0)
            return _values[above];
        above = ~above;
        if (above == 0 || above == _positions.Length)
            return _values[Math.Min(above, _positions.Length - 1)];
        var (left, right) = (_positions[above - 1], _positions[above]);
        if (_listsAll)
            return _values[u - left <= right - u ? above - 1 : above];
        var value = double.Lerp(_values[above - 1].Number, _values[above].Number, (u - left) / (right - left));
        return _count is null ? value : Math.Round(value);
    }

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value)
    {
        if (!Contains(value))
            throw Outside(value);
        if (_listsAll)
            return _positions[_values.IndexOf(value)];
        var (sign, number) = (Ascends ? 1 : -1, value.Number);
        var above = 1;
        while (above < _values.Length - 1 && sign * _values[above].Number < sign * number)
            above++;
        var (low, high) = (_values[above - 1].Number, _values[above].Number);
        var share = low == high ? 0 : Math.Clamp((number - low) / (high - low), 0, 1);
        return double.Lerp(_positions[above - 1], _positions[above], share);
    }

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value)
    {
        if (_listsAll)
            return _values.Contains(value);
        var (low, high) = Ascends ? (_values[0].Number, _values[^1].Number) : (_values[^1].Number, _values[0].Number);
        return value.IsNumber && ((value.Number >= low && value.Number <= high) || Near(value.Number, low) || Near(value.Number, high));
    }

    /// <inheritdoc/>
    public override string Describe() => _words;

    /// <inheritdoc/>
    public override ScaleTicks Ticks(int most)
    {
        var steps = Math.Clamp(most, 2, 12) - 1;
        var round = Enumerable.Range(0, steps + 1).Select(i => At((double)i / steps).Number)
            .Select(number => _listsAll || _count is not null ? number : NiceNumbers.Digits(number, 2)).Distinct().Order();
        return new ScaleTicks([.. round.Select(number => (number, NumberText.Rounded(number)))], []);
    }

    private static ImmutableArray<double> Even(int count, bool fromEndToEnd) => [.. Enumerable.Range(0, count)
        .Select(i => fromEndToEnd ? (double)i / (count - 1) : (i + 0.5) / count)];

    /// <summary>Every value of a scale that has few, in the order of their positions; its cells may be of any size.</summary>
    private static ImmutableArray<ParameterValue> ListOf(Scale scale)
    {
        var found = new HashSet<ParameterValue>();
        for (long count = scale.Count ?? MostListed, cells = count; cells <= 1 << 20 && found.Count < count; cells *= 8)
        {
            for (var i = 0L; i < cells; i++)
                found.Add(scale.At((i + 0.5) / cells));
        }

        return [.. found.OrderBy(scale.PositionOf)];
    }
}
