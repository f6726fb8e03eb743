using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <content>
/// The tiles: the same lines at each size that fits an instruction set's registers. k is cut into turns; after each but the last, a piece
/// of the tile before is finished.
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
        for (var left = (uint)k; turns > 0; turns--)
        {
            var turn = left / (uint)turns;
            left -= turn;
            for (; turn > 0; turn--)
            {
                L x = L.Load(b), y = L.Load(b + L.Width);
                var t = L.Create(a[0]);
                c0 = L.MultiplyAdd(t, x, c0);
                d0 = L.MultiplyAdd(t, y, d0);
                t = L.Create(a[rs]);
                c1 = L.MultiplyAdd(t, x, c1);
                d1 = L.MultiplyAdd(t, y, d1);
                t = L.Create(a[2 * rs]);
                c2 = L.MultiplyAdd(t, x, c2);
                d2 = L.MultiplyAdd(t, y, d2);
                t = L.Create(a[r3]);
                c3 = L.MultiplyAdd(t, x, c3);
                d3 = L.MultiplyAdd(t, y, d3);
                t = L.Create(q[0]);
                c4 = L.MultiplyAdd(t, x, c4);
                d4 = L.MultiplyAdd(t, y, d4);
                t = L.Create(q[rs]);
                c5 = L.MultiplyAdd(t, x, c5);
                d5 = L.MultiplyAdd(t, y, d5);
                t = L.Create(q[2 * rs]);
                c6 = L.MultiplyAdd(t, x, c6);
                d6 = L.MultiplyAdd(t, y, d6);
                t = L.Create(q[r3]);
                c7 = L.MultiplyAdd(t, x, c7);
                d7 = L.MultiplyAdd(t, y, d7);
                a += cs;
                q += cs;
                b += stride;
            }
            if (!E.IsLight && turns > 1)
                waiting.Finish(ref epilogue);
        }
        if (!E.IsLight)
        {
            var s = waiting.Sums;
            L.Store(c0, s);
            L.Store(d0, s + L.Width);
            L.Store(c1, s + 2 * L.Width);
            L.Store(d1, s + 3 * L.Width);
            L.Store(c2, s + 4 * L.Width);
            L.Store(d2, s + 5 * L.Width);
            L.Store(c3, s + 6 * L.Width);
            L.Store(d3, s + 7 * L.Width);
            L.Store(c4, s + 8 * L.Width);
            L.Store(d4, s + 9 * L.Width);
            L.Store(c5, s + 10 * L.Width);
            L.Store(d5, s + 11 * L.Width);
            L.Store(c6, s + 12 * L.Width);
            L.Store(d6, s + 13 * L.Width);
            L.Store(c7, s + 14 * L.Width);
            L.Store(d7, s + 15 * L.Width);
            waiting.Keep(row, column, 8, 2);
            return;
        }
        epilogue.Take(c0, row, column);
        epilogue.Take(d0, row, column + L.Width);
        epilogue.Take(c1, row + 1, column);
        epilogue.Take(d1, row + 1, column + L.Width);
        epilogue.Take(c2, row + 2, column);
        epilogue.Take(d2, row + 2, column + L.Width);
        epilogue.Take(c3, row + 3, column);
        epilogue.Take(d3, row + 3, column + L.Width);
        epilogue.Take(c4, row + 4, column);
        epilogue.Take(d4, row + 4, column + L.Width);
        epilogue.Take(c5, row + 5, column);
        epilogue.Take(d5, row + 5, column + L.Width);
        epilogue.Take(c6, row + 6, column);
        epilogue.Take(d6, row + 6, column + L.Width);
        epilogue.Take(c7, row + 7, column);
        epilogue.Take(d7, row + 7, column + L.Width);
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
        for (var left = (uint)k; turns > 0; turns--)
        {
            var turn = left / (uint)turns;
            left -= turn;
            for (; turn > 0; turn--)
            {
                L x = L.Load(b);
                c0 = L.MultiplyAdd(L.Create(a[0]), x, c0);
                c1 = L.MultiplyAdd(L.Create(a[rs]), x, c1);
                c2 = L.MultiplyAdd(L.Create(a[2 * rs]), x, c2);
                c3 = L.MultiplyAdd(L.Create(a[r3]), x, c3);
                c4 = L.MultiplyAdd(L.Create(q[0]), x, c4);
                c5 = L.MultiplyAdd(L.Create(q[rs]), x, c5);
                c6 = L.MultiplyAdd(L.Create(q[2 * rs]), x, c6);
                c7 = L.MultiplyAdd(L.Create(q[r3]), x, c7);
                a += cs;
                q += cs;
                b += stride;
            }
            if (!E.IsLight && turns > 1)
                waiting.Finish(ref epilogue);
        }
        if (!E.IsLight)
        {
            var s = waiting.Sums;
            L.Store(c0, s);
            L.Store(c1, s + L.Width);
            L.Store(c2, s + 2 * L.Width);
            L.Store(c3, s + 3 * L.Width);
            L.Store(c4, s + 4 * L.Width);
            L.Store(c5, s + 5 * L.Width);
            L.Store(c6, s + 6 * L.Width);
            L.Store(c7, s + 7 * L.Width);
            waiting.Keep(row, column, 8, 1);
            return;
        }
        epilogue.Take(c0, row, column);
        epilogue.Take(c1, row + 1, column);
        epilogue.Take(c2, row + 2, column);
        epilogue.Take(c3, row + 3, column);
        epilogue.Take(c4, row + 4, column);
        epilogue.Take(c5, row + 5, column);
        epilogue.Take(c6, row + 6, column);
        epilogue.Take(c7, row + 7, column);
    }

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
        nint r3 = 3 * rs;
        var q = a + 3 * rs;
        var turns = E.IsLight ? 1 : waiting.Count + 1;
        for (var left = (uint)k; turns > 0; turns--)
        {
            var turn = left / (uint)turns;
            left -= turn;
            for (; turn > 0; turn--)
            {
                L x = L.Load(b), y = L.Load(b + L.Width);
                var t = L.Create(a[0]);
                c0 = L.MultiplyAdd(t, x, c0);
                d0 = L.MultiplyAdd(t, y, d0);
                t = L.Create(a[rs]);
                c1 = L.MultiplyAdd(t, x, c1);
                d1 = L.MultiplyAdd(t, y, d1);
                t = L.Create(a[2 * rs]);
                c2 = L.MultiplyAdd(t, x, c2);
                d2 = L.MultiplyAdd(t, y, d2);
                t = L.Create(q[0]);
                c3 = L.MultiplyAdd(t, x, c3);
                d3 = L.MultiplyAdd(t, y, d3);
                t = L.Create(q[rs]);
                c4 = L.MultiplyAdd(t, x, c4);
                d4 = L.MultiplyAdd(t, y, d4);
                t = L.Create(q[2 * rs]);
                c5 = L.MultiplyAdd(t, x, c5);
                d5 = L.MultiplyAdd(t, y, d5);
                a += cs;
                q += cs;
                b += stride;
            }
            if (!E.IsLight && turns > 1)
                waiting.Finish(ref epilogue);
        }
        if (!E.IsLight)
        {
            var s = waiting.Sums;
            L.Store(c0, s);
            L.Store(d0, s + L.Width);
            L.Store(c1, s + 2 * L.Width);
            L.Store(d1, s + 3 * L.Width);
            L.Store(c2, s + 4 * L.Width);
            L.Store(d2, s + 5 * L.Width);
            L.Store(c3, s + 6 * L.Width);
            L.Store(d3, s + 7 * L.Width);
            L.Store(c4, s + 8 * L.Width);
            L.Store(d4, s + 9 * L.Width);
            L.Store(c5, s + 10 * L.Width);
            L.Store(d5, s + 11 * L.Width);
            waiting.Keep(row, column, 6, 2);
            return;
        }
        epilogue.Take(c0, row, column);
        epilogue.Take(d0, row, column + L.Width);
        epilogue.Take(c1, row + 1, column);
        epilogue.Take(d1, row + 1, column + L.Width);
        epilogue.Take(c2, row + 2, column);
        epilogue.Take(d2, row + 2, column + L.Width);
        epilogue.Take(c3, row + 3, column);
        epilogue.Take(d3, row + 3, column + L.Width);
        epilogue.Take(c4, row + 4, column);
        epilogue.Take(d4, row + 4, column + L.Width);
        epilogue.Take(c5, row + 5, column);
        epilogue.Take(d5, row + 5, column + L.Width);
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
        for (var left = (uint)k; turns > 0; turns--)
        {
            var turn = left / (uint)turns;
            left -= turn;
            for (; turn > 0; turn--)
            {
                L x = L.Load(b), y = L.Load(b + L.Width);
                var t = L.Create(a[0]);
                c0 = L.MultiplyAdd(t, x, c0);
                d0 = L.MultiplyAdd(t, y, d0);
                t = L.Create(a[rs]);
                c1 = L.MultiplyAdd(t, x, c1);
                d1 = L.MultiplyAdd(t, y, d1);
                t = L.Create(a[2 * rs]);
                c2 = L.MultiplyAdd(t, x, c2);
                d2 = L.MultiplyAdd(t, y, d2);
                t = L.Create(a[r3]);
                c3 = L.MultiplyAdd(t, x, c3);
                d3 = L.MultiplyAdd(t, y, d3);
                a += cs;
                b += stride;
            }
            if (!E.IsLight && turns > 1)
                waiting.Finish(ref epilogue);
        }
        if (!E.IsLight)
        {
            var s = waiting.Sums;
            L.Store(c0, s);
            L.Store(d0, s + L.Width);
            L.Store(c1, s + 2 * L.Width);
            L.Store(d1, s + 3 * L.Width);
            L.Store(c2, s + 4 * L.Width);
            L.Store(d2, s + 5 * L.Width);
            L.Store(c3, s + 6 * L.Width);
            L.Store(d3, s + 7 * L.Width);
            waiting.Keep(row, column, 4, 2);
            return;
        }
        epilogue.Take(c0, row, column);
        epilogue.Take(d0, row, column + L.Width);
        epilogue.Take(c1, row + 1, column);
        epilogue.Take(d1, row + 1, column + L.Width);
        epilogue.Take(c2, row + 2, column);
        epilogue.Take(d2, row + 2, column + L.Width);
        epilogue.Take(c3, row + 3, column);
        epilogue.Take(d3, row + 3, column + L.Width);
    }
}
