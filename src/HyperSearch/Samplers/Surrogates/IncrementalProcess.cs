using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>
/// A Gaussian process over a few dozen trials whose kernel is never fitted, so that it grows by a trial, and judges a point, in a
/// microsecond. Immutable.
/// </summary>
/// <remarks>
/// <para>Matérn-5/2 with σ² = 1, a noise of <see cref="Noise"/> and one length scale for all coordinates, <see cref="Reach"/>·√D, as
/// distances in a cube grow with √D. A trial is pending from <see cref="With"/> until <see cref="Learned"/>: it takes the uncertainty away
/// and leaves the mean as it is.</para>
/// <para>L·Lᵀ = K grows by a row a trial, and so does L⁻¹, whose rows can be applied side by side. With z = L⁻¹·y and v = L⁻¹·k a point has
/// the mean v·z and the variance 1 − v·v. Once there are as many trials as the <see cref="Memory"/> has room for, only the best and the
/// latest stay.</para>
/// </remarks>
internal sealed class IncrementalProcess
{
    private const double Noise = 1e-4, Reach = 0.23;
    private readonly Memory _memory;
    private readonly bool[] _categorical;
    private readonly double[] _weights;
    private readonly Columns _columns;
    private readonly ImmutableArray<Row> _rows;

    private IncrementalProcess(Memory memory, bool[] categorical, double[] weights, Columns columns, ImmutableArray<Row> rows) =>
        (_memory, _categorical, _weights, _columns, _rows) = (memory, categorical, weights, columns, rows);

    /// <summary>How many trials it holds.</summary>
    public int Count => _rows.Length;

    /// <summary>A process without trials.</summary>
    /// <param name="space">The space.</param>
    /// <param name="memory">How many trials it holds.</param>
    public static IncrementalProcess Over(Space space, Memory memory)
    {
        bool[] categorical = [.. space.Searched.Select(parameter => parameter.Scale.IsCategorical)];
        double[] weights = [.. categorical.Select(_ => 1 / (Reach * Reach * categorical.Length))];
        return new IncrementalProcess(memory, categorical, weights, new Columns(categorical.Length, memory.Most), []);
    }

    /// <summary>One of its trials, all equally likely.</summary>
    public ScoredTrial Any(RandomStream random)
    {
        var row = _rows[random.NextInt(Count)];
        return new ScoredTrial(row.Trial, row.Value, row.Position);
    }

    /// <summary>The process with one more trial, pending.</summary>
    public IncrementalProcess With(int trial, ImmutableArray<double> position)
    {
        if (Count == _memory.Most)
            return Condensed().With(trial, position);
        var columns = _columns.Appended(Count, position);
        var row = NextRow(columns, _rows.AsSpan(), trial, position, double.NaN);
        return new IncrementalProcess(_memory, _categorical, _weights, columns, _rows.Add(row));
    }

    /// <summary>The process that knows the value of a trial; <c>null</c> for no value.</summary>
    public IncrementalProcess Learned(int trial, ImmutableArray<double> position, double? value)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            if (_rows[i].Trial == trial)
            {
                var row = _rows[i] with { Value = value ?? double.PositiveInfinity };
                return new IncrementalProcess(_memory, _categorical, _weights, _columns, _rows.SetItem(i, row));
            }
        }

        return With(trial, position).Learned(trial, position, value);
    }

    /// <summary>The expectations of the process; <c>null</c> before any trial has a value.</summary>
    public Posterior? Look()
    {
        var known = new double[Count];
        var count = 0;
        foreach (var row in _rows)
        {
            if (!row.IsPending)
                known[count++] = row.Value;
        }

        Array.Resize(ref known, count);
        return Array.Exists(known, double.IsFinite) ? new Posterior(this, Standardized.Of(known)) : null;
    }

    /// <summary>v = L⁻¹·k.</summary>
    private static void Apply(ReadOnlySpan<Row> rows, double[] k, double[] v)
    {
        for (var i = 0; i < rows.Length; i++)
            v[i] = Lanes.Dot(rows[i].Inverse, k, i + 1);
    }

    /// <summary>The row of a trial after others.</summary>
    private Row NextRow(Columns columns, ReadOnlySpan<Row> rows, int trial, ImmutableArray<double> position, double value)
    {
        var n = rows.Length;
        double[] k = new double[MaternKernel.Padded(n)], factor = new double[n + 1], inverse = new double[n + 1];
        MaternKernel.Row(k, null, n, position.AsSpan(), columns.Values, _categorical, _weights, 1);
        Apply(rows, k, factor);
        factor[n] = Math.Sqrt(Math.Max(1 + Noise - Lanes.Dot(factor, factor, n), Noise));
        for (var i = 0; i < n; i++)
            Lanes.Add(-factor[i] / factor[n], rows[i].Inverse, inverse, i + 1);
        inverse[n] = 1 / factor[n];
        return new Row(trial, position, value, factor, inverse);
    }

    private IncrementalProcess Condensed()
    {
        var values = new double[Count];
        for (var i = 0; i < Count; i++)
            values[i] = _rows[i].IsPending ? double.PositiveInfinity : _rows[i].Value;
        Array.Sort(values);
        var bound = values[_memory.Best - 1];
        var ties = _memory.Best - Array.IndexOf(values, bound);
        var columns = new Columns(_categorical.Length, _memory.Most);
        var rows = new Row[_memory.Most];
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            var row = _rows[i];
            var isBest = row.Value < bound || row.Value == bound && ties-- > 0;
            if (!isBest && i < Count - _memory.Latest)
                continue;
            columns = columns.Appended(kept, row.Position);
            rows[kept] = NextRow(columns, rows.AsSpan(0, kept), row.Trial, row.Position, row.Value);
            kept++;
        }

        return new IncrementalProcess(_memory, _categorical, _weights, columns, [.. rows.AsSpan(0, kept)]);
    }

    /// <summary>How many trials there are at most, and how many of the best and of the latest stay when there are that many.</summary>
    internal sealed record Memory(int Most, int Best, int Latest);

    /// <summary>A trial, its value (NaN while it is pending), and its rows of L and of L⁻¹.</summary>
    private sealed record Row(int Trial, ImmutableArray<double> Position, double Value, double[] Factor, double[] Inverse)
    {
        public bool IsPending => double.IsNaN(Value);
    }

    /// <summary>
    /// The positions, a column a coordinate. Processes that follow one another share it: a position that one of them appends lies beyond
    /// all that the others read.
    /// </summary>
    private sealed class Columns(int dimensions, int most)
    {
        private int _used;

        public double[][] Values { get; } = [.. Enumerable.Range(0, dimensions).Select(_ => new double[most])];

        /// <summary>
        /// Columns with one more position after the first <paramref name="count"/>: these, unless another process has already appended to
        /// them.
        /// </summary>
        public Columns Appended(int count, ImmutableArray<double> position)
        {
            var target = Interlocked.CompareExchange(ref _used, count + 1, count) == count
                ? this
                : new Columns(dimensions, most) { _used = count + 1 };
            for (var d = 0; d < dimensions; d++)
            {
                if (target != this)
                    Array.Copy(Values[d], target.Values[d], count);
                target.Values[d][count] = position[d];
            }

            return target;
        }
    }

    /// <summary>The expectations of a process at points.</summary>
    internal sealed class Posterior
    {
        private readonly IncrementalProcess _process;
        private readonly double[] _solved, _k, _v;
        private readonly double _least, _logDeviation;

        public Posterior(IncrementalProcess process, (double[] Values, double Deviation) known)
        {
            _process = process;
            var most = process._memory.Most;
            (_k, _v, _solved) = (new double[most], new double[most], new double[process.Count]);
            (_least, _logDeviation) = (known.Values.Min(), PortableMath.Log(known.Deviation));
            var next = 0;
            for (var i = 0; i < _solved.Length; i++)
            {
                // A pending trial is taken to reach its expected value, which leaves nothing to explain: z = 0.
                var row = process._rows[i];
                _solved[i] = row.IsPending ? 0 : (known.Values[next++] - Lanes.Dot(row.Factor, _solved, i)) / row.Factor[i];
            }
        }

        /// <summary>The logarithm of the expected improvement over the best trial, in the unit of the values.</summary>
        public double LogImprovement(ReadOnlySpan<double> point)
        {
            var n = _solved.Length;
            MaternKernel.Row(_k, null, n, point, _process._columns.Values, _process._categorical, _process._weights, 1);
            Apply(_process._rows.AsSpan(), _k, _v);
            var deviation = Math.Sqrt(Math.Max(1 - Lanes.Dot(_v, _v, n), 1e-12));
            var (logH, _) = ExpectedImprovement.At((_least - Lanes.Dot(_v, _solved, n)) / deviation);
            return logH + PortableMath.Log(deviation) + _logDeviation;
        }
    }
}
