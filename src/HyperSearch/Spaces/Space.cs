using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Spaces;

/// <summary>The set of points that is searched: the parameters in order, fixed ones included. A position is one coordinate in [0, 1] per
/// searched parameter.</summary>
/// <remarks>Immutable and thread-safe. A condition may only name a parameter that stands before it or after it, never a cycle.</remarks>
/// <example>
/// <code>
/// var space = new Space(
/// [
///     new Parameter("learning_rate", new LogScale(1e-4, 1)) { Default = 0.01 },
///     new Parameter("optimizer", new ChoiceScale("momentum", "adam")),
///     new Parameter("epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam"])] },
/// ]);
/// Console.WriteLine(space.Default);
/// </code>
/// </example>
public sealed class Space
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly ImmutableArray<int> _dimensionOf;
    private readonly ImmutableArray<int> _order;
    private readonly bool _isConditional;
    private readonly ImmutableArray<ImmutableArray<(int Parameter, ImmutableArray<ParameterValue> Accepted)>> _conditions;

    /// <summary>Makes a space without constraints.</summary>
    /// <param name="parameters">The parameters, in the order of the search file.</param>
    /// <exception cref="ArgumentException">A name occurs twice, a default is not one of its scale's values, a condition names a missing
    /// parameter, or conditions form a cycle.</exception>
    public Space(IEnumerable<Parameter> parameters)
        : this(parameters, [])
    {
    }

    /// <summary>Makes a space.</summary>
    /// <param name="parameters">The parameters, in the order of the search file.</param>
    /// <param name="constraints">The conditions that every point must satisfy.</param>
    /// <exception cref="ArgumentException">A name occurs twice, a condition or constraint names a missing parameter, a default is not one
    /// of its scale's values, conditions form a cycle, a constraint makes no sense,
    /// the default configuration breaks one, or none of 10,000 random points satisfies the constraints.</exception>
    public Space(IEnumerable<Parameter> parameters, IEnumerable<Constraint> constraints)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(constraints);
        Parameters = [.. parameters];
        for (var i = 0; i < Parameters.Length; i++)
        {
            if (!_byName.TryAdd(Parameters[i].Name, i))
                throw new ArgumentException($"A space names each parameter once, but \"{Parameters[i].Name}\" occurs twice.",
                    nameof(parameters));
            if (Parameters[i] is { Default: { } value, Scale: var scale } && !scale.Contains(value))
                throw new ArgumentException($"A default is one of the values of its scale, but {value} is not in {scale.Describe()} of "
                    + $"\"{Parameters[i].Name}\".", nameof(parameters));
        }

        _conditions = [.. Parameters.Select(parameter =>
            parameter.When.Select(condition => _byName.TryGetValue(condition.Parameter, out var i)
            ? (i, condition.Accepted)
            : throw new ArgumentException($"\"{parameter.Name}\" depends on \"{condition.Parameter}\", which the space does not have.",
                nameof(parameters))).ToImmutableArray())];
        _isConditional = _conditions.Any(conditions => !conditions.IsEmpty);
        _order = SortByConditions();
        Searched = [.. Parameters.Where(parameter => !parameter.IsFixed)];
        var dimension = 0;
        _dimensionOf = [.. Parameters.Select(parameter => parameter.IsFixed ? -1 : dimension++)];
        Constraints = [.. constraints];
        foreach (var constraint in Constraints)
            constraint.Check(Parameters);
        CheckFeasible();
        if (Default is { } standard && Constraints.FirstOrDefault(constraint => !constraint.Holds(standard)) is { } broken)
            throw new ArgumentException($"The default configuration, {standard}, breaks the constraint \"{broken}\".", nameof(constraints));
    }

    /// <summary>Every parameter, in the order of the search file.</summary>
    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>The parameters that have more than one value: coordinate d of a position belongs to <c>Searched[d]</c>.</summary>
    public ImmutableArray<Parameter> Searched { get; }

    /// <summary>The conditions that every point must satisfy.</summary>
    public ImmutableArray<Constraint> Constraints { get; }

    /// <summary>The number of coordinates of a position.</summary>
    public int Dimensions => Searched.Length;

    /// <summary>The parameter of a name; <c>null</c> when there is none.</summary>
    internal Parameter? Find(string name) => _byName.TryGetValue(name, out var i) ? Parameters[i] : null;

    /// <summary>The configuration at a position; inactive parameters are left out.</summary>
    /// <param name="position">One coordinate in [0, 1] per searched parameter. Coordinates of inactive parameters are ignored.</param>
    /// <exception cref="ArgumentException"><paramref name="position"/> has another length than <see cref="Dimensions"/>.</exception>
    public Point At(ReadOnlySpan<double> position)
    {
        if (position.Length != Dimensions)
            throw new ArgumentException($"A position has one coordinate per searched parameter: {Dimensions}, not {position.Length}.",
                nameof(position));

        return PointOf(ValuesAt(position));
    }

    /// <summary>The configuration of all defaults, in the middle of its scale where a parameter has none; <c>null</c> when no parameter has
    /// one.</summary>
    public Point? Default
    {
        get
        {
            if (!Searched.Any(parameter => parameter.Default is not null))
                return null;
            return Completed(new Point(Searched.Select(parameter =>
                KeyValuePair.Create(parameter.Name, parameter.Default ?? parameter.Scale.At(0.5)))));
        }
    }

    /// <summary>A configuration with the very values that were given, though a scale may round them: fixed parameters filled in, what plays
    /// no part left out.</summary>
    /// <exception cref="ArgumentException">A value is outside its scale.</exception>
    internal Point Completed(Point given) =>
        new(At(PositionOf(given).AsSpan()).Select(pair => given.TryGetValue(pair.Key, out var value) ? new(pair.Key, value) : pair));

    /// <summary>Whether the configuration at a position satisfies every constraint.</summary>
    public bool Satisfies(ReadOnlySpan<double> position)
    {
        if (Constraints.IsEmpty)
            return true;
        var point = At(position);
        foreach (var constraint in Constraints)
        {
            if (!constraint.Holds(point))
                return false;
        }

        return true;
    }

    private Point PointOf(ParameterValue?[] values)
    {
        var active = new List<KeyValuePair<string, ParameterValue>>(Parameters.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
                active.Add(new(Parameters[i].Name, value));
        }

        return new Point(active);
    }

    /// <summary>A position of a configuration: the exact inverse of <see cref="At"/>; 0.5 where a parameter is inactive.</summary>
    /// <exception cref="ArgumentException">The point lacks an active parameter, or a value is outside its scale.</exception>
    public ImmutableArray<double> PositionOf(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return [.. Searched.Select(parameter => point.TryGetValue(parameter.Name, out var value) ? parameter.Scale.PositionOf(value)
            : 0.5)];
    }

    /// <summary>Moves each coordinate to the one that stands for its value (a cell's centre on a discrete scale), and inactive coordinates
    /// to 0.5.</summary>
    public ImmutableArray<double> Snap(ReadOnlySpan<double> position) => PositionOf(At(position));

    /// <summary>How many configurations the space has; <c>null</c> when a scale is continuous or the number exceeds
    /// <see cref="long.MaxValue"/>. Conditions are not taken into account, so it is an upper bound.</summary>
    public long? Count
    {
        get
        {
            long count = 1;
            foreach (var parameter in Searched)
            {
                if (parameter.Scale.Count is not { } values || Math.BigMul(count, values, out var low) != 0 || low < 0)
                    return null;
                count = low;
            }

            return count;
        }
    }

    /// <summary>Moves a position to the one that stands for its configuration, as <see cref="Snap"/> does, and says which coordinates are
    /// active.</summary>
    internal void Settle(ReadOnlySpan<double> position, Span<double> settled, Span<bool> active)
    {
        var values = _isConditional ? ValuesAt(position) : null;
        for (var i = 0; i < _dimensionOf.Length; i++)
        {
            if (_dimensionOf[i] is >= 0 and var d)
                (settled[d], active[d]) = values is null
                    || values[i] is not null ? (Parameters[i].Scale.Settle(position[d]), true) : (0.5, false);
        }
    }

    private ParameterValue?[] ValuesAt(ReadOnlySpan<double> position)
    {
        var values = new ParameterValue?[Parameters.Length];
        foreach (var i in _order)
        {
            if (IsActive(i, values))
                values[i] = Parameters[i].Scale.At(_dimensionOf[i] < 0 ? 0 : position[_dimensionOf[i]]);
        }

        return values;
    }

    private void CheckFeasible()
    {
        const int Draws = 10_000;
        if (Constraints.IsEmpty)
            return;
        var random = RandomStream.For(0, 0, "feasible");
        var position = new double[Dimensions];
        var satisfied = new int[Constraints.Length];
        for (var i = 0; i < Draws; i++)
        {
            random.Fill(position);
            var point = At(position);
            var holds = Constraints.Select(constraint => constraint.Holds(point)).ToList();
            if (holds.TrueForAll(one => one))
                return;
            for (var c = 0; c < satisfied.Length; c++)
                satisfied[c] += holds[c] ? 1 : 0;
        }

        throw new ArgumentException($"Almost no point satisfies the constraints: 0 of {Draws} random ones. Alone, "
            + $"{string.Join(", ", Constraints.Select((constraint, c) => $"\"{constraint}\" holds for {satisfied[c]}"))}. Widen a range "
            + $"or loosen a constraint.");
    }

    private bool IsActive(int parameter, ParameterValue?[] values)
    {
        foreach (var (other, accepted) in _conditions[parameter])
        {
            if (values[other] is not { } value || !accepted.Contains(value))
                return false;
        }

        return true;
    }

    /// <summary>The parameters, each after the ones that its condition names. A chain of conditions may be as long as the space, so the way
    /// along it is kept here and not on the thread's stack.</summary>
    private ImmutableArray<int> SortByConditions()
    {
        var order = ImmutableArray.CreateBuilder<int>(Parameters.Length);
        var (begun, placed) = (new bool[Parameters.Length], new bool[Parameters.Length]);
        var way = new Stack<(int Parameter, int Next)>();
        for (var first = 0; first < Parameters.Length; first++)
        {
            Enter(first);
            while (way.TryPop(out var step))
            {
                var (parameter, next) = step;
                if (next < _conditions[parameter].Length)
                {
                    way.Push((parameter, next + 1));
                    Enter(_conditions[parameter][next].Parameter);
                }
                else
                {
                    placed[parameter] = true;
                    order.Add(parameter);
                }
            }
        }

        return order.MoveToImmutable();

        void Enter(int parameter)
        {
            if (placed[parameter])
                return;
            if (begun[parameter])
                throw new ArgumentException($"Conditions form a cycle through \"{Parameters[parameter].Name}\".");
            begun[parameter] = true;
            way.Push((parameter, 0));
        }
    }
}
