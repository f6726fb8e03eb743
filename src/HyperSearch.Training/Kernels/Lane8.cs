using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
namespace HyperSearch.Training.Kernels;

/// <summary>8 floats: AVX2.</summary>
internal unsafe struct Lane8(Vector256<float> value) : ILane<Lane8, float>, IFloatLane<Lane8>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    // Operations make lanes by BitCast: a constructor would count against the inliner's budget.
    private Vector256<float> _v = value;

    public static int Width => 8;

    public static int TileRows => 6;

    public static Lane8 Zero => default;

    [MethodImpl(Inline)]
    public static Lane8 Load(float* source) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.Load(source));

    [MethodImpl(Inline)]
    public static void Store(Lane8 value, float* target) => value._v.Store(target);

    [MethodImpl(Inline)]
    public static Lane8 Create(float value) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.Create(value));

    [MethodImpl(Inline)]
    public static float Number(double value) => (float)value;

    [MethodImpl(Inline)]
    public static Lane8 Constant(double value) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.Create((float)value));

    [MethodImpl(Inline)]
    public static Lane8 operator +(Lane8 a, Lane8 b) => Unsafe.BitCast<Vector256<float>, Lane8>(a._v + b._v);

    [MethodImpl(Inline)]
    public static Lane8 operator -(Lane8 a, Lane8 b) => Unsafe.BitCast<Vector256<float>, Lane8>(a._v - b._v);

    [MethodImpl(Inline)]
    public static Lane8 operator *(Lane8 a, Lane8 b) => Unsafe.BitCast<Vector256<float>, Lane8>(a._v * b._v);

    [MethodImpl(Inline)]
    public static Lane8 operator /(Lane8 a, Lane8 b) => Unsafe.BitCast<Vector256<float>, Lane8>(a._v / b._v);

    [MethodImpl(Inline)]
    public static Lane8 MultiplyAdd(Lane8 a, Lane8 b, Lane8 c) =>
        Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)]
    public static void Accumulate(in Lane8 a, in Lane8 b, ref Lane8 sum) => sum._v = Vector256.FusedMultiplyAdd(a._v, b._v, sum._v);

    [MethodImpl(Inline)]
    public static void Accumulate(float a, in Lane8 b, ref Lane8 sum) =>
        sum._v = Vector256.FusedMultiplyAdd(Vector256.Create(a), b._v, sum._v);

    [MethodImpl(Inline)]
    public static Lane8 Max(Lane8 a, Lane8 b) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.MaxNative(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane8 Min(Lane8 a, Lane8 b) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.MinNative(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane8 Sqrt(Lane8 value) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.Sqrt(value._v));

    [MethodImpl(Inline)]
    public static Lane8 Abs(Lane8 value) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.Abs(value._v));

    [MethodImpl(Inline)]
    public static Lane8 Round(Lane8 value) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.Round(value._v));

    [MethodImpl(Inline)]
    public static Lane8 GreaterThan(Lane8 a, Lane8 b) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.GreaterThan(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane8 Equal(Lane8 a, Lane8 b) => Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.Equals(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane8 Select(Lane8 mask, Lane8 a, Lane8 b) =>
        Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane8 And(Lane8 mask, Lane8 value) => Unsafe.BitCast<Vector256<float>, Lane8>(mask._v & value._v);

    [MethodImpl(Inline)]
    public static Lane8 Exp(Lane8 x) => FloatMath.Exp(x);

    [MethodImpl(Inline)]
    public static Lane8 Log(Lane8 x) => FloatMath.Log(x);

    [MethodImpl(Inline)]
    public static Lane8 Tanh(Lane8 x) => FloatMath.Tanh(x);

    [MethodImpl(Inline)]
    public static Lane8 PowerOfTwo(Lane8 n) =>
        Unsafe.BitCast<Vector256<float>, Lane8>(((Vector256.ConvertToInt32Native(n._v) + Vector256.Create(127)) << 23).AsSingle());

    [MethodImpl(Inline)]
    public static Lane8 Exponent(Lane8 x) =>
        Unsafe.BitCast<Vector256<float>, Lane8>(Vector256.ConvertToSingle((x._v.AsInt32() >>> 23) - Vector256.Create(127)));

    [MethodImpl(Inline)]
    public static Lane8 Mantissa(Lane8 x) =>
        Unsafe.BitCast<Vector256<float>, Lane8>(((x._v.AsInt32() & Vector256.Create(0x7FFFFF)) | Vector256.Create(0x3F800000)).AsSingle());

    /// <summary>Three rounds of interleaving rows r and r + 4: the perfect shuffle that transposes 8 × 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceStride, float* target, nint targetStride)
    {
        if (!Avx.IsSupported)
        {
            ScalarTranspose.Run(source, sourceStride, target, targetStride, 8);
            return;
        }
        float* p = source + 4 * sourceStride;
        nint s = sourceStride;
        Vector256<float> a0 = Vector256.Load(source), a1 = Vector256.Load(source + s);
        Vector256<float> a2 = Vector256.Load(source + 2 * s), a3 = Vector256.Load(source + 3 * s);
        Vector256<float> a4 = Vector256.Load(p), a5 = Vector256.Load(p + s), a6 = Vector256.Load(p + 2 * s), a7 = Vector256.Load(p + 3 * s);
        for (var round = 0; round < 3; round++)
        {
            Vector256<float> b0 = Low(a0, a4), b1 = High(a0, a4), b2 = Low(a1, a5), b3 = High(a1, a5);
            Vector256<float> b4 = Low(a2, a6), b5 = High(a2, a6), b6 = Low(a3, a7), b7 = High(a3, a7);
            (a0, a1, a2, a3, a4, a5, a6, a7) = (b0, b1, b2, b3, b4, b5, b6, b7);
        }
        float* q = target;
        nint t = targetStride;
        a0.Store(q); a1.Store(q + t); a2.Store(q + 2 * t); a3.Store(q + 3 * t);
        q += 4 * t;
        a4.Store(q); a5.Store(q + t); a6.Store(q + 2 * t); a7.Store(q + 3 * t);
    }

    /// <summary>a0 b0 a1 b1 a2 b2 a3 b3.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> Low(Vector256<float> a, Vector256<float> b) =>
        Avx.Permute2x128(Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b), 0x20);

    /// <summary>a4 b4 a5 b5 a6 b6 a7 b7.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> High(Vector256<float> a, Vector256<float> b) =>
        Avx.Permute2x128(Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b), 0x31);
}
