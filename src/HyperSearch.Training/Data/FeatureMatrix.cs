using System.Runtime.InteropServices;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Data;

/// <summary>A float32 matrix in native memory, laid out for the kernels: one row per example, aligned and padded.</summary>
/// <remarks>
/// Rows start on 64-byte boundaries. <see cref="RowStride"/> is a multiple of 16 floats and never of 256 (1 KiB), so that successive rows
/// do not
/// fall into the same cache set. Columns and rows beyond the matrix are zero.
/// Filled once by its loader; from then on it is only read, by any number of threads. It may be disposed of while some of them train:
/// the memory is freed when the last one has ended its pass over the rows.
/// </remarks>
public sealed unsafe class FeatureMatrix : IDisposable
{
    private const int Alignment = 64;
    private const int Lane = 16;
    private const int CacheSetFloats = 256;
    private readonly UseCount _uses;
    private float* _start;

    /// <summary>Allocates a matrix of zeros.</summary>
    /// <param name="rows">Number of examples, at least 0.</param>
    /// <param name="columns">Number of features, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is negative or <paramref name="columns"/> is not
    /// positive.</exception>
    public FeatureMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        RowStride = StrideFor(columns);
        AllocatedRows = RoundUp(Math.Max(rows, 1));
        var bytes = checked((nuint)AllocatedRows * (nuint)RowStride * sizeof(float));
        _start = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(_start, bytes);
        GC.AddMemoryPressure((long)bytes);
        _uses = new UseCount(Free);
    }

    /// <summary>Frees the memory of a matrix that was dropped without <see cref="Dispose"/>.</summary>
    ~FeatureMatrix() => Free();

    /// <summary>Number of examples.</summary>
    public int Rows { get; }

    /// <summary>Number of features.</summary>
    public int Columns { get; }

    /// <summary>Distance between the starts of two rows, in floats.</summary>
    public int RowStride { get; }

    /// <summary>Number of rows that may be read: <see cref="Rows"/> rounded up to a multiple of 16; the extra ones are zero.</summary>
    public int AllocatedRows { get; }

    /// <summary>Memory held, in bytes.</summary>
    public long SizeBytes => (long)AllocatedRows * RowStride * sizeof(float);

    /// <summary>
    /// The first element; row r starts at <c>Start + r·RowStride</c>. Valid while the matrix is reachable and not disposed.
    /// </summary>
    internal float* Start => _uses.IsClosed ? throw new ObjectDisposedException(nameof(FeatureMatrix)) : _start;

    /// <summary>The features of one example.</summary>
    /// <param name="row">Number of the example, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is not a row of this matrix.</exception>
    public ReadOnlySpan<float> Row(int row) => Writable(row);

    /// <summary>The stride of a matrix with <paramref name="columns"/> columns, in floats.</summary>
    /// <param name="columns">Number of features.</param>
    public static int StrideFor(int columns)
    {
        var stride = RoundUp(columns);
        return stride % CacheSetFloats == 0 ? stride + Lane : stride;
    }

    /// <summary>Frees the memory. A span of <see cref="Row"/> must not be read after this.</summary>
    public void Dispose()
    {
        _uses.Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins a use of the memory, which stays until the use has ended.</summary>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    internal UseCount.Use Use() => _uses.Begin(this);

    /// <summary>Whether a thread is in a use of its memory.</summary>
    internal bool IsInUse => _uses.IsInUse;

    /// <summary>One row, to be filled by a loader.</summary>
    internal Span<float> Writable(int row)
    {
        if ((uint)row >= (uint)Rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"The matrix has rows 0 to {Rows - 1}.");
        return new Span<float>(Start + ((nint)row * RowStride), Columns);
    }

    private static int RoundUp(int count) => checked(count + Lane - 1) / Lane * Lane;

    private void Free()
    {
        if (_start is null)
            return;
        NativeMemory.AlignedFree(_start);
        _start = null;
        GC.RemoveMemoryPressure(SizeBytes);
    }
}
