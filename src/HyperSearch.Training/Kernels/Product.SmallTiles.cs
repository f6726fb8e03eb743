using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <content>
/// The tiles for 16 registers: the same lines at each size. k is cut into turns; after each but the last, two pieces of the tile
/// before are finished.
/// </content>
internal static unsafe partial class Product
{
    [SkipLocalsInit]
    [MethodImpl(Steady)]
    private static void Tile6x2<L, T, E>(
        T* a, nint rs, nint cs, T* b, nint stride, int k, nint row, nint column, ref Waiting<L, T> waiting, ref E epilogue)
        where L : struct, ILane<L, T>
        where T : unmanaged
        where E : struct, IEpilogue<L>
    {
        L c0 = L.Zero, c1 = L.Zero, c2 = L.Zero, c3 = L.Zero, c4 = L.Zero, c5 = L.Zero;
        L d0 = L.Zero, d1 = L.Zero, d2 = L.Zero, d3 = L.Zero, d4 = L.Zero, d5 = L.Zero;
        var q = a + 3 * rs;
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
                t = L.Create(q[0]);
                L.Accumulate(t, x, ref c3);
                L.Accumulate(t, y, ref d3);
                t = L.Create(q[rs]);
                L.Accumulate(t, x, ref c4);
                L.Accumulate(t, y, ref d4);
                t = L.Create(q[2 * rs]);
                L.Accumulate(t, x, ref c5);
                L.Accumulate(t, y, ref d5);
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
            waiting.Keep(at, pitch, column, 6, 2);
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
    }

    [SkipLocalsInit]
    [MethodImpl(Steady)]
    private static void Tile4x2<L, T, E>(
        T* a, nint rs, nint cs, T* b, nint stride, int k, nint row, nint column, ref Waiting<L, T> waiting, ref E epilogue)
        where L : struct, ILane<L, T>
        where T : unmanaged
        where E : struct, IEpilogue<L>
    {
        L c0 = L.Zero, c1 = L.Zero, c2 = L.Zero, c3 = L.Zero;
        L d0 = L.Zero, d1 = L.Zero, d2 = L.Zero, d3 = L.Zero;
        nint r3 = 3 * rs;
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
                a += cs;
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
            waiting.Keep(at, pitch, column, 4, 2);
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
    }
}
