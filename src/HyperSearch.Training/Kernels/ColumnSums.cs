using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <summary>Sums of columns in one fixed order: even rows, odd rows, then both.</summary>
internal static unsafe class ColumnSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L, T>(T* column, nint stride, int rows)
        where L : struct, ILane<L, T>
        where T : unmanaged
    {
        L even = L.Zero, odd = L.Zero;
        for (; rows > 1; rows -= 2, column += 2 * stride)
        {
            even += L.Load(column);
            odd += L.Load(column + stride);
        }
        return rows > 0 ? even + L.Load(column) + odd : even + odd;
    }
}
