using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HyperSearch.Numerics;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Layers;

/// <summary>A layer's dropout, whatever the lane.</summary>
internal unsafe interface IDropout : ISeeded
{
    /// <summary>Draws new masks and applies them in place.</summary>
    void Apply(void* values, int rows);
}

/// <summary>
/// Inverted dropout: mask = 1/keep_prob with probability keep_prob, else 0; the output is multiplied by it, so that its mean stays.
/// </summary>
/// <remarks>Sixteen xorshift32 generators in fixed lanes, a row after another, so that the masks are the same at every lane width.
/// Srivastava et al., <see href="https://jmlr.org/papers/v15/srivastava14a.html">Dropout</see>, JMLR 15 (2014); the course's 'inverted'
/// form.
/// </remarks>
internal sealed unsafe class Dropout<L, T> : IDropout
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    private readonly uint _threshold;
    private readonly T _scale;
    private readonly uint* _state;
    private readonly nint _stride;
    private readonly int _columns;

    public Dropout(double keepProb, Tensor output, Arena arena)
    {
        KeepProb = keepProb;
        _threshold = (uint)Math.Min(uint.MaxValue, keepProb * 4294967296.0);
        var scale = L.Constant(1 / keepProb);
        T* lane = stackalloc T[16];
        L.Store(scale, lane);
        _scale = lane[0];
        _state = arena.Take<uint>(16);
        _stride = output.Stride;
        _columns = Padding.To16(output.Columns);
        Mask = arena.Take<T>((long)Padding.To16(output.Rows) * _stride);
    }

    public double KeepProb { get; }

    /// <summary>The factors of the mini-batch in hand, laid out as the output.</summary>
    public T* Mask { get; }

    public void Seed(RandomStream random)
    {
        random.Fill(new Span<uint>(_state, 16));
        for (var i = 0; i < 16; i++)
            _state[i] |= 1; // xorshift never leaves zero
    }

    public void Apply(void* values, int rows) => Apply((T*)values, rows);

    /// <summary>Draws new masks and applies them in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply(T* values, int rows)
    {
        Vector128<uint> a = Vector128.Load(_state), b = Vector128.Load(_state + 4);
        Vector128<uint> c = Vector128.Load(_state + 8), d = Vector128.Load(_state + 12);
        var threshold = Vector128.Create(_threshold);
        for (var row = 0; row < rows; row++)
        {
            T* v = values + row * _stride, m = Mask + row * _stride;
            for (nint j = 0; j < _columns; j += 16)
            {
                Draw(ref a, threshold, m + j);
                Draw(ref b, threshold, m + j + 4);
                Draw(ref c, threshold, m + j + 8);
                Draw(ref d, threshold, m + j + 12);
                for (nint i = j; i < j + 16; i += L.Width)
                    L.Store(L.Load(v + i) * L.Load(m + i), v + i);
            }
        }
        a.Store(_state);
        b.Store(_state + 4);
        c.Store(_state + 8);
        d.Store(_state + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Draw(ref Vector128<uint> state, Vector128<uint> threshold, T* mask)
    {
        var s = state;
        s ^= s << 13;
        s ^= s >>> 17;
        s ^= s << 5;
        state = s;
        var kept = Vector128.LessThan(s, threshold);
        if (typeof(T) == typeof(float))
        {
            (kept.AsSingle() & Vector128.Create(Unsafe.BitCast<T, float>(_scale))).Store((float*)mask);
            return;
        }
        for (var i = 0; i < 4; i++)
            mask[i] = kept[i] != 0 ? _scale : default;
    }
}

internal sealed record DropoutRecipe(double KeepProb, Tensor Output, Arena Arena) : IRecipe<IDropout>
{
    public IDropout Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => new Dropout<L, T>(KeepProb, Output, Arena);
}
