using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace HyperSearch.Training.Data;

/// <summary>Marks of the rows that a network learned from: it knows them again without keeping them.</summary>
/// <remarks>
/// A mark is the low half of the 64-bit XXH3 hash of a row's inputs before normalization: a row that is new is taken for a known one once
/// in 2³²/rows times.
/// </remarks>
internal sealed class RowMarks
{
    private const int MostRows = 1_000_000;
    private readonly uint[] _sorted;

    /// <summary>Marks that were kept.</summary>
    /// <param name="marks">In any order.</param>
    public RowMarks(IEnumerable<uint> marks) => _sorted = [.. marks.Distinct().Order()];

    /// <summary>No marks: no row is known.</summary>
    public static RowMarks None { get; } = new([]);

    /// <summary>The marks in order.</summary>
    public ReadOnlySpan<uint> Sorted => _sorted;

    /// <summary>The marks of rows before normalization; none for more than a million, which would make a model heavy.</summary>
    public static RowMarks Of(FeatureMatrix rows) => rows.Rows > MostRows ? None : new(Enumerable.Range(0, rows.Rows).Select(row =>
        Mark(rows.Row(row))));

    /// <summary>Whether a row was marked.</summary>
    /// <param name="inputs">Its inputs before normalization.</param>
    public bool Contain(ReadOnlySpan<float> inputs) => _sorted.AsSpan().BinarySearch(Mark(inputs)) >= 0;

    /// <summary>The marks of several networks together.</summary>
    public static RowMarks Union(IEnumerable<RowMarks> all) => new(all.SelectMany(static marks => marks._sorted));

    private static uint Mark(ReadOnlySpan<float> inputs) => (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(inputs));
}
