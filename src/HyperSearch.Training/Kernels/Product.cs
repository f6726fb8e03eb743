using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <summary>The one matrix product behind everything: C[m, n] = A[m, k]·B[k, n], each finished piece handed to an epilogue.</summary>
/// <remarks>
/// <para>A is read through two strides, so that forward (A = X) and the weights' gradient (A = Xᵀ) are the same kernel; the inputs'
/// gradient runs it on the transposed weights.</para>
/// <para>A tile keeps up to 16 sums in registers, 8 rows × 2 lanes or, at a last strip of 16 columns, 16 rows × 1: two units of 4 cycles
/// each want 8 and more. Vectors run along columns and every element sums k in order, fused, so tile and lane change no bit.
/// m is rounded up to 4 or 8 and n to 16: the caller's buffers are padded accordingly.</para>
/// <para>A tile's cost beside its multiplications is instructions: an update that asked for each piece's position and for the length of
/// each turn took 220 cycles a tile on Zen 5, one that counts on takes half. The inner loops want <c>Accumulate</c>: see
/// <see cref="ILane{TSelf,T}"/>.</para>
/// <para>Steady (AggressiveOptimization): tiered compilation would run the first second 25 times too slow.</para>
/// </remarks>
internal static unsafe partial class Product
{
    private const MethodImplOptions Steady = MethodImplOptions.AggressiveOptimization;

    /// <summary>Element (i, k) of A is a[i·<paramref name="rs"/> + k·<paramref name="cs"/>].</summary>
    [SkipLocalsInit]
    [MethodImpl(Steady)]
    public static void Run<L, T, E>(T* a, nint rs, nint cs, Operand<T> b, int m, int n, int k, ref E epilogue)
        where L : struct, ILane<L, T>
        where T : unmanaged
        where E : struct, IEpilogue<L>
    {
        n = Padding.To16(n);
        var memory = stackalloc T[Waiting<L, T>.Most * L.Width + 16];
        var waiting = new Waiting<L, T>((T*)(((nint)memory + 63) & ~63));
        for (var strip = 0; strip < n; strip += 32)
        {
            var wide = strip + 16 < n;
            var start = b.Start + strip / 32 * b.Pitch;
            var stride = wide ? b.Stride : b.LastStride;
            if (L.Width == 16)
            {
                var i = 0;
                for (; !wide && i + 16 <= m; i += 16)
                    Tile16x1<L, T, E>(a + i * rs, rs, cs, start, stride, k, i, strip, ref waiting, ref epilogue);
                for (; i < m; i += 8)
                {
                    if (wide && m - i <= 4)
                        Tile4x2<L, T, E>(a + i * rs, rs, cs, start, stride, k, i, strip, ref waiting, ref epilogue);
                    else if (wide)
                        Tile8x2<L, T, E>(a + i * rs, rs, cs, start, stride, k, i, strip, ref waiting, ref epilogue);
                    else
                        Tile8x1<L, T, E>(a + i * rs, rs, cs, start, stride, k, i, strip, ref waiting, ref epilogue);
                }
                continue;
            }
            for (var j = 0; j < (wide ? 32 : 16); j += 2 * L.Width)
                Rows<L, T, E>(a, rs, cs, start + j, stride, Padding.To8(m), k, strip + j, ref waiting, ref epilogue);
        }
        while (waiting.Count > 0)
            waiting.Finish(ref epilogue);
    }

    [MethodImpl(Steady)]
    private static void Rows<L, T, E>(
        T* a, nint rs, nint cs, T* b, nint stride, int m, int k, nint column, ref Waiting<L, T> waiting, ref E epilogue)
        where L : struct, ILane<L, T>
        where T : unmanaged
        where E : struct, IEpilogue<L>
    {
        for (var i = 0; i < m;)
        {
            var left = m - i; // even; a rest of 8 is 4 + 4, never 6 + 2
            if (L.TileRows == 8)
            {
                Tile8x2<L, T, E>(a + i * rs, rs, cs, b, stride, k, i, column, ref waiting, ref epilogue);
                i += 8;
            }
            else if (L.TileRows == 6 && left >= 6 && left != 8)
            {
                Tile6x2<L, T, E>(a + i * rs, rs, cs, b, stride, k, i, column, ref waiting, ref epilogue);
                i += 6;
            }
            else
            {
                Tile4x2<L, T, E>(a + i * rs, rs, cs, b, stride, k, i, column, ref waiting, ref epilogue);
                i += 4;
            }
        }
    }
}
