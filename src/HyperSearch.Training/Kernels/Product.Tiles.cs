using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <content>
/// The tiles for AVX-512, with its 32 registers. k is cut into turns; after each but the last, two pieces of the tile
/// before are finished.
/// </content>
internal static unsafe partial class Product
{
    [SkipLocalsInit]
    [MethodImpl(Steady)]
    private static void Tile8x2<L, T, E>(
        T* a, nint rs, nint cs, T* b, nint stride, int k, nint row, nint column, ref Waiting<L, T> waiting, ref E epilogue)
        where L : struct, ILane<L, T>
        where T : unmanaged
        where E : struct, IEpilogue<L>
    {
        L c0 = L.Zero, c1 = L.Zero, c2 = L.Zero, c3 = L.Zero, c4 = L.Zero, c5 = L.Zero, c6 = L.Zero, c7 = L.Zero;
        L d0 = L.Zero, d1 = L.Zero, d2 = L.Zero, d3 = L.Zero, d4 = L.Zero, d5 = L.Zero, d6 = L.Zero, d7 = L.Zero;
        nint r3 = 3 * rs;
        var q = a + 4 * rs;
        var turns = E.IsLight ? 1 : waiting.Count + 1;
        uint turn = (uint)k / (uint)turns, rest = (uint)k - turn * (uint)(turns - 1);
        for (; turns > 0; turns--)
        {
            for (var left = turns > 1 ? turn : rest; left > 0; left--)
            {
                L x = L.Load(b), y = L.Load(b + L.Width);
                var t = L.Create(a[0]);
                L.Accumulate(t, x, ref c0);
                L.Accumulate(t, y, ref d0);
                t = L.Create(a[rs]);
                L.Accumulate(t, x, ref c1);
                L.Accumulate(t, y, ref d1);
                t = L.Create(a[2 * rs]);
                L.Accumulate(t, x, ref c2);
                L.Accumulate(t, y, ref d2);
                t = L.Create(a[r3]);
                L.Accumulate(t, x, ref c3);
                L.Accumulate(t, y, ref d3);
                t = L.Create(q[0]);
                L.Accumulate(t, x, ref c4);
                L.Accumulate(t, y, ref d4);
                t = L.Create(q[rs]);
                L.Accumulate(t, x, ref c5);
                L.Accumulate(t, y, ref d5);
                t = L.Create(q[2 * rs]);
                L.Accumulate(t, x, ref c6);
                L.Accumulate(t, y, ref d6);
                t = L.Create(q[r3]);
                L.Accumulate(t, x, ref c7);
                L.Accumulate(t, y, ref d7);
                a += cs;
                q += cs;
                b += stride;
            }
            if (!E.IsLight && turns > 1)
                waiting.Finish(ref epilogue);
        }
        nint at = epilogue.At(row, column), pitch = epilogue.Pitch(column), w = L.Width;
        if (!E.IsLight)
        {
            var s = waiting.Sums;
            L.Store(c0, s);
            L.Store(d0, s + w);
            L.Store(c1, s + 2 * w);
            L.Store(d1, s + 3 * w);
            L.Store(c2, s + 4 * w);
            L.Store(d2, s + 5 * w);
            L.Store(c3, s + 6 * w);
            L.Store(d3, s + 7 * w);
            L.Store(c4, s + 8 * w);
            L.Store(d4, s + 9 * w);
            L.Store(c5, s + 10 * w);
            L.Store(d5, s + 11 * w);
            L.Store(c6, s + 12 * w);
            L.Store(d6, s + 13 * w);
            L.Store(c7, s + 14 * w);
            L.Store(d7, s + 15 * w);
            waiting.Keep(at, pitch, column, 8, 2);
            return;
        }
        epilogue.Take(c0, at, column);
        epilogue.Take(d0, at + w, column + w);
        at += pitch;
        epilogue.Take(c1, at, column);
        epilogue.Take(d1, at + w, column + w);
        at += pitch;
        epilogue.Take(c2, at, column);
        epilogue.Take(d2, at + w, column + w);
        at += pitch;
        epilogue.Take(c3, at, column);
        epilogue.Take(d3, at + w, column + w);
        at += pitch;
        epilogue.Take(c4, at, column);
        epilogue.Take(d4, at + w, column + w);
        at += pitch;
        epilogue.Take(c5, at, column);
        epilogue.Take(d5, at + w, column + w);
        at += pitch;
        epilogue.Take(c6, at, column);
        epilogue.Take(d6, at + w, column + w);
        at += pitch;
        epilogue.Take(c7, at, column);
        epilogue.Take(d7, at + w, column + w);
    }

    [SkipLocalsInit]
    [MethodImpl(Steady)]
    private static void Tile16x1<L, T, E>(
        T* a, nint rs, nint cs, T* b, nint stride, int k, nint row, nint column, ref Waiting<L, T> waiting, ref E epilogue)
        where L : struct, ILane<L, T>
        where T : unmanaged
        where E : struct, IEpilogue<L>
    {
        L c0 = L.Zero, c1 = L.Zero, c2 = L.Zero, c3 = L.Zero, c4 = L.Zero, c5 = L.Zero, c6 = L.Zero, c7 = L.Zero;
        L c8 = L.Zero, c9 = L.Zero, c10 = L.Zero, c11 = L.Zero, c12 = L.Zero, c13 = L.Zero, c14 = L.Zero, c15 = L.Zero;
        nint r3 = 3 * rs;
        T* q = a + 4 * rs, u = a + 8 * rs, v = a + 12 * rs;
        var turns = E.IsLight ? 1 : waiting.Count + 1;
        uint turn = (uint)k / (uint)turns, rest = (uint)k - turn * (uint)(turns - 1);
        for (; turns > 0; turns--)
        {
            for (var left = turns > 1 ? turn : rest; left > 0; left--)
            {
                var x = L.Load(b);
                L.Accumulate(a[0], x, ref c0);
                L.Accumulate(a[rs], x, ref c1);
                L.Accumulate(a[2 * rs], x, ref c2);
                L.Accumulate(a[r3], x, ref c3);
                L.Accumulate(q[0], x, ref c4);
                L.Accumulate(q[rs], x, ref c5);
                L.Accumulate(q[2 * rs], x, ref c6);
                L.Accumulate(q[r3], x, ref c7);
                L.Accumulate(u[0], x, ref c8);
                L.Accumulate(u[rs], x, ref c9);
                L.Accumulate(u[2 * rs], x, ref c10);
                L.Accumulate(u[r3], x, ref c11);
                L.Accumulate(v[0], x, ref c12);
                L.Accumulate(v[rs], x, ref c13);
                L.Accumulate(v[2 * rs], x, ref c14);
                L.Accumulate(v[r3], x, ref c15);
                a += cs;
                q += cs;
                u += cs;
                v += cs;
                b += stride;
            }
            if (!E.IsLight && turns > 1)
                waiting.Finish(ref epilogue);
        }
        nint at = epilogue.At(row, column), pitch = epilogue.Pitch(column), w = L.Width;
        if (!E.IsLight)
        {
            var s = waiting.Sums;
            L.Store(c0, s);
            L.Store(c1, s + w);
            L.Store(c2, s + 2 * w);
            L.Store(c3, s + 3 * w);
            L.Store(c4, s + 4 * w);
            L.Store(c5, s + 5 * w);
            L.Store(c6, s + 6 * w);
            L.Store(c7, s + 7 * w);
            L.Store(c8, s + 8 * w);
            L.Store(c9, s + 9 * w);
            L.Store(c10, s + 10 * w);
            L.Store(c11, s + 11 * w);
            L.Store(c12, s + 12 * w);
            L.Store(c13, s + 13 * w);
            L.Store(c14, s + 14 * w);
            L.Store(c15, s + 15 * w);
            waiting.Keep(at, pitch, column, 16, 1);
            return;
        }
        epilogue.Take(c0, at, column);
        at += pitch;
        epilogue.Take(c1, at, column);
        at += pitch;
        epilogue.Take(c2, at, column);
        at += pitch;
        epilogue.Take(c3, at, column);
        at += pitch;
        epilogue.Take(c4, at, column);
        at += pitch;
        epilogue.Take(c5, at, column);
        at += pitch;
        epilogue.Take(c6, at, column);
        at += pitch;
        epilogue.Take(c7, at, column);
        at += pitch;
        epilogue.Take(c8, at, column);
        at += pitch;
        epilogue.Take(c9, at, column);
        at += pitch;
        epilogue.Take(c10, at, column);
        at += pitch;
        epilogue.Take(c11, at, column);
        at += pitch;
        epilogue.Take(c12, at, column);
        at += pitch;
        epilogue.Take(c13, at, column);
        at += pitch;
        epilogue.Take(c14, at, column);
        at += pitch;
        epilogue.Take(c15, at, column);
    }

    [SkipLocalsInit]
    [MethodImpl(Steady)]
    private static void Tile8x1<L, T, E>(
        T* a, nint rs, nint cs, T* b, nint stride, int k, nint row, nint column, ref Waiting<L, T> waiting, ref E epilogue)
        where L : struct, ILane<L, T>
        where T : unmanaged
        where E : struct, IEpilogue<L>
    {
        L c0 = L.Zero, c1 = L.Zero, c2 = L.Zero, c3 = L.Zero, c4 = L.Zero, c5 = L.Zero, c6 = L.Zero, c7 = L.Zero;
        nint r3 = 3 * rs;
        var q = a + 4 * rs;
        var turns = E.IsLight ? 1 : waiting.Count + 1;
        uint turn = (uint)k / (uint)turns, rest = (uint)k - turn * (uint)(turns - 1);
        for (; turns > 0; turns--)
        {
            for (var left = turns > 1 ? turn : rest; left > 0; left--)
            {
                var x = L.Load(b);
                L.Accumulate(a[0], x, ref c0);
                L.Accumulate(a[rs], x, ref c1);
                L.Accumulate(a[2 * rs], x, ref c2);
                L.Accumulate(a[r3], x, ref c3);
                L.Accumulate(q[0], x, ref c4);
                L.Accumulate(q[rs], x, ref c5);
                L.Accumulate(q[2 * rs], x, ref c6);
                L.Accumulate(q[r3], x, ref c7);
                a += cs;
                q += cs;
                b += stride;
            }
            if (!E.IsLight && turns > 1)
                waiting.Finish(ref epilogue);
        }
        nint at = epilogue.At(row, column), pitch = epilogue.Pitch(column), w = L.Width;
        if (!E.IsLight)
        {
            var s = waiting.Sums;
            L.Store(c0, s);
            L.Store(c1, s + w);
            L.Store(c2, s + 2 * w);
            L.Store(c3, s + 3 * w);
            L.Store(c4, s + 4 * w);
            L.Store(c5, s + 5 * w);
            L.Store(c6, s + 6 * w);
            L.Store(c7, s + 7 * w);
            waiting.Keep(at, pitch, column, 8, 1);
            return;
        }
        epilogue.Take(c0, at, column);
        at += pitch;
        epilogue.Take(c1, at, column);
        at += pitch;
        epilogue.Take(c2, at, column);
        at += pitch;
        epilogue.Take(c3, at, column);
        at += pitch;
        epilogue.Take(c4, at, column);
        at += pitch;
        epilogue.Take(c5, at, column);
        at += pitch;
        epilogue.Take(c6, at, column);
        at += pitch;
        epilogue.Take(c7, at, column);
    }
}
