namespace HyperSearch.Training.Kernels;

/// <summary>The right-hand matrix of a product, read 32 columns at a time.</summary>
internal readonly unsafe struct Operand<T>
    where T : unmanaged
{
    private Operand(T* start, nint pitch, nint stride, nint lastStride)
    {
        Start = start;
        Pitch = pitch;
        Stride = stride;
        LastStride = lastStride;
    }

    /// <summary>The first element.</summary>
    public T* Start { get; }

    /// <summary>Elements from one strip of 32 columns to the next.</summary>
    public nint Pitch { get; }

    /// <summary>Elements from a row to the next in a strip of 32.</summary>
    public nint Stride { get; }

    /// <summary>The same in a last strip of 16.</summary>
    public nint LastStride { get; }

    public static Operand<T> RowMajor(T* start, nint stride) => new(start, 32, stride, stride);

    public static Operand<T> Packed(T* start, Strips strips) => new(start, strips.Pitch, 32, 16);
}
