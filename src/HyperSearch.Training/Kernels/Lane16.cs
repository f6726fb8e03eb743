using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
namespace HyperSearch.Training.Kernels;

/// <summary>16 floats: AVX-512.</summary>
internal unsafe struct Lane16(Vector512<float> value) : ILane<Lane16, float>, IFloatLane<Lane16>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    // Operations make lanes by BitCast: a constructor would count against the inliner's budget.
    private Vector512<float> _v = value;

    public static int Width => 16;

    public static int TileRows => 8;

    public static Lane16 Zero => default;

    [MethodImpl(Inline)]
    public static Lane16 Load(float* source) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.Load(source));

    [MethodImpl(Inline)]
    public static void Store(Lane16 value, float* target) => value._v.Store(target);

    [MethodImpl(Inline)]
    public static Lane16 Create(float value) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static float Number(double value) => (float)value;

    [MethodImpl(Inline)]
    public static Lane16 Constant(double value) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.Create((float)value));

    [MethodImpl(Inline)]
    public static Lane16 operator +(Lane16 a, Lane16 b) => Unsafe.BitCast<Vector512<float>, Lane16>(a._v + b._v);

    [MethodImpl(Inline)]
    public static Lane16 operator -(Lane16 a, Lane16 b) => Unsafe.BitCast<Vector512<float>, Lane16>(a._v - b._v);

    [MethodImpl(Inline)]
    public static Lane16 operator *(Lane16 a, Lane16 b) => Unsafe.BitCast<Vector512<float>, Lane16>(a._v * b._v);

    [MethodImpl(Inline)]
    public static Lane16 operator /(Lane16 a, Lane16 b) => Unsafe.BitCast<Vector512<float>, Lane16>(a._v / b._v);

    [MethodImpl(Inline)]
    public static Lane16 MultiplyAdd(Lane16 a, Lane16 b, Lane16 c) =>
        Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)]
    public static void Accumulate(in Lane16 a, in Lane16 b, ref Lane16 sum) => sum._v = Vector512.FusedMultiplyAdd(a._v, b._v, sum._v);

    [MethodImpl(Inline)]
    public static void Accumulate(float a, in Lane16 b, ref Lane16 sum) =>
        sum._v = Vector512.FusedMultiplyAdd(Vector512.Create(a), b._v, sum._v);

    [MethodImpl(Inline)]
    public static Lane16 Max(Lane16 a, Lane16 b) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.MaxNative(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane16 Min(Lane16 a, Lane16 b) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.MinNative(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane16 Sqrt(Lane16 value) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.Sqrt(value._v));

    [MethodImpl(Inline)]
    public static Lane16 Abs(Lane16 value) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.Abs(value._v));

    [MethodImpl(Inline)]
    public static Lane16 Round(Lane16 value) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.Round(value._v));

    [MethodImpl(Inline)]
    public static Lane16 GreaterThan(Lane16 a, Lane16 b) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.GreaterThan(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane16 Equal(Lane16 a, Lane16 b) => Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.Equals(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane16 Select(Lane16 mask, Lane16 a, Lane16 b) =>
        Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane16 And(Lane16 mask, Lane16 value) => Unsafe.BitCast<Vector512<float>, Lane16>(mask._v & value._v);

    [MethodImpl(Inline)]
    public static Lane16 Exp(Lane16 x) => FloatMath.Exp(x);

    [MethodImpl(Inline)]
    public static Lane16 Log(Lane16 x) => FloatMath.Log(x);

    [MethodImpl(Inline)]
    public static Lane16 Tanh(Lane16 x) => FloatMath.Tanh(x);

    [MethodImpl(Inline)]
    public static Lane16 PowerOfTwo(Lane16 n) =>
        Unsafe.BitCast<Vector512<float>, Lane16>(((Vector512.ConvertToInt32Native(n._v) + Vector512.Create(127)) << 23).AsSingle());

    [MethodImpl(Inline)]
    public static Lane16 Exponent(Lane16 x) =>
        Unsafe.BitCast<Vector512<float>, Lane16>(Vector512.ConvertToSingle((x._v.AsInt32() >>> 23) - Vector512.Create(127)));

    [MethodImpl(Inline)]
    public static Lane16 Mantissa(Lane16 x) =>
        Unsafe.BitCast<Vector512<float>, Lane16>(((x._v.AsInt32() & Vector512.Create(0x7FFFFF)) | Vector512.Create(0x3F800000)).AsSingle());

    /// <summary>Four rounds of interleaving rows r and r + 8: the perfect shuffle that transposes 16 × 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceStride, float* target, nint targetStride)
    {
        if (!Avx512F.IsSupported)
        {
            ScalarTranspose.Run(source, sourceStride, target, targetStride, 16);
            return;
        }
        float* p = source;
        nint s = sourceStride;
        Vector512<float> a0 = Vector512.Load(p), a1 = Vector512.Load(p + s), a2 = Vector512.Load(p + 2 * s), a3 = Vector512.Load(p + 3 * s);
        p += 4 * s;
        Vector512<float> a4 = Vector512.Load(p), a5 = Vector512.Load(p + s), a6 = Vector512.Load(p + 2 * s), a7 = Vector512.Load(p + 3 * s);
        p += 4 * s;
        Vector512<float> a8 = Vector512.Load(p), a9 = Vector512.Load(p + s), aa = Vector512.Load(p + 2 * s), ab = Vector512.Load(p + 3 * s);
        p += 4 * s;
        Vector512<float> ac = Vector512.Load(p), ad = Vector512.Load(p + s), ae = Vector512.Load(p + 2 * s), af = Vector512.Load(p + 3 * s);
        var low = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        var high = low + Vector512.Create(8);
        for (var round = 0; round < 4; round++)
        {
            Vector512<float> b0 = Mix(a0, a8, low), b1 = Mix(a0, a8, high), b2 = Mix(a1, a9, low), b3 = Mix(a1, a9, high);
            Vector512<float> b4 = Mix(a2, aa, low), b5 = Mix(a2, aa, high), b6 = Mix(a3, ab, low), b7 = Mix(a3, ab, high);
            Vector512<float> b8 = Mix(a4, ac, low), b9 = Mix(a4, ac, high), ba = Mix(a5, ad, low), bb = Mix(a5, ad, high);
            Vector512<float> bc = Mix(a6, ae, low), bd = Mix(a6, ae, high), be = Mix(a7, af, low), bf = Mix(a7, af, high);
            (a0, a1, a2, a3, a4, a5, a6, a7) = (b0, b1, b2, b3, b4, b5, b6, b7);
            (a8, a9, aa, ab, ac, ad, ae, af) = (b8, b9, ba, bb, bc, bd, be, bf);
        }
        float* q = target;
        nint t = targetStride;
        a0.Store(q); a1.Store(q + t); a2.Store(q + 2 * t); a3.Store(q + 3 * t);
        q += 4 * t;
        a4.Store(q); a5.Store(q + t); a6.Store(q + 2 * t); a7.Store(q + 3 * t);
        q += 4 * t;
        a8.Store(q); a9.Store(q + t); aa.Store(q + 2 * t); ab.Store(q + 3 * t);
        q += 4 * t;
        ac.Store(q); ad.Store(q + t); ae.Store(q + 2 * t); af.Store(q + 3 * t);
    }

    [MethodImpl(Inline)]
    private static Vector512<float> Mix(Vector512<float> a, Vector512<float> b, Vector512<int> index) =>
        Avx512F.PermuteVar16x32x2(a, index, b);
}
