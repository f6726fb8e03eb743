namespace HyperSearch.Training.Kernels;

/// <summary>A few numbers worked on at once. Kernels are written once over this and compiled for each width and precision.</summary>
/// <typeparam name="TSelf">The lane type itself: a struct, so that the compiler specializes and inlines.</typeparam>
/// <typeparam name="T">The element: float to train, double to check gradients.</typeparam>
/// <remarks>
/// The bits of a result must not depend on the width. So a lane offers only operations that IEEE 754 rounds in one way, always fuses
/// <see cref="MultiplyAdd"/>, and has no sum across itself.</remarks>
internal unsafe interface ILane<TSelf, T>
    where TSelf : struct, ILane<TSelf, T>
    where T : unmanaged
{
    /// <summary>Elements per lane; divides 16.</summary>
    static abstract int Width { get; }

    /// <summary>Rows of a product that a tile keeps in registers: 8, 6 or 4.</summary>
    static abstract int TileRows { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Load(T* source);

    static abstract void Store(TSelf value, T* target);

    static abstract TSelf Create(T value);

    /// <summary>
    /// The element nearest to <paramref name="value"/>. Structs keep elements, not lanes: a lane on the stack may straddle two cache lines,
    /// an element is spread as it is loaded.
    /// </summary>
    static abstract T Number(double value);

    /// <summary>Every element the number nearest to <paramref name="value"/>.</summary>
    static abstract TSelf Constant(double value);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>sum ← a·b + sum, rounded once.</summary>
    /// <remarks>
    /// <see cref="MultiplyAdd"/> in place: from a field assigned through a reference the compiler makes the one instruction that adds to a
    /// register, where a returned lane costs a copy for each, 9 of 41 instructions of a tile's inner loop.
    /// </remarks>
    static abstract void Accumulate(in TSelf a, in TSelf b, ref TSelf sum);

    /// <summary>The same with one number for every element of a, which the instruction itself spreads from memory where it can.</summary>
    static abstract void Accumulate(T a, in TSelf b, ref TSelf sum);

    /// <summary>The larger; <paramref name="b"/> where either is NaN. So Max(0, z) keeps a NaN in z, and Max(z, 0) would hide it.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller; <paramref name="b"/> where either is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Sqrt(TSelf value);

    static abstract TSelf Abs(TSelf value);

    /// <summary>Nearest whole number, ties to even.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary>All bits where a &gt; b, none elsewhere.</summary>
    static abstract TSelf GreaterThan(TSelf a, TSelf b);

    /// <summary>All bits where a = b, none elsewhere.</summary>
    static abstract TSelf Equal(TSelf a, TSelf b);

    /// <summary><paramref name="a"/> where the mask has its bits set, <paramref name="b"/> elsewhere.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>Bits of both: <paramref name="value"/> where the mask is set, 0 elsewhere.</summary>
    static abstract TSelf And(TSelf mask, TSelf value);

    /// <summary>eˣ; saturates where the float range ends, keeps NaN.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>ln x for normal, positive x; NaN for NaN.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>tanh x.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary>Transposes a block of Width × Width elements; strides are in elements.</summary>
    static abstract void Transpose(T* source, nint sourceStride, T* target, nint targetStride);
}

/// <summary>The parts of a float, which the single-precision functions need besides <see cref="ILane{TSelf,T}"/>.</summary>
internal interface IFloatLane<TSelf>
    where TSelf : struct
{
    /// <summary>2ⁿ for a whole n from −126 to 127.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>⌊log₂ x⌋ for a normal x &gt; 0, as a float.</summary>
    static abstract TSelf Exponent(TSelf x);

    /// <summary>x·2^−Exponent(x), in [1, 2).</summary>
    static abstract TSelf Mantissa(TSelf x);
}
