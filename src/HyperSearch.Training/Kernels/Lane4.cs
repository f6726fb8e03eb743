using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace HyperSearch.Training.Kernels;

/// <summary>4 floats: NEON, or no vectors at all.</summary>
internal unsafe struct Lane4(Vector128<float> value) : ILane<Lane4, float>, IFloatLane<Lane4>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    // Operations make lanes by BitCast: a constructor would count against the inliner's budget.
    private Vector128<float> _v = value;

    public static int Width => 4;

    public static int TileRows => AdvSimd.IsSupported ? 8 : 4; // ARM has 32 registers

    public static Lane4 Zero => default;

    [MethodImpl(Inline)]
    public static Lane4 Load(float* source) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.Load(source));

    [MethodImpl(Inline)]
    public static void Store(Lane4 value, float* target) => value._v.Store(target);

    [MethodImpl(Inline)]
    public static Lane4 Create(float value) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.Create(value));

    [MethodImpl(Inline)]
    public static float Number(double value) => (float)value;

    [MethodImpl(Inline)]
    public static Lane4 Constant(double value) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.Create((float)value));

    [MethodImpl(Inline)]
    public static Lane4 operator +(Lane4 a, Lane4 b) => Unsafe.BitCast<Vector128<float>, Lane4>(a._v + b._v);

    [MethodImpl(Inline)]
    public static Lane4 operator -(Lane4 a, Lane4 b) => Unsafe.BitCast<Vector128<float>, Lane4>(a._v - b._v);

    [MethodImpl(Inline)]
    public static Lane4 operator *(Lane4 a, Lane4 b) => Unsafe.BitCast<Vector128<float>, Lane4>(a._v * b._v);

    [MethodImpl(Inline)]
    public static Lane4 operator /(Lane4 a, Lane4 b) => Unsafe.BitCast<Vector128<float>, Lane4>(a._v / b._v);

    [MethodImpl(Inline)]
    public static Lane4 MultiplyAdd(Lane4 a, Lane4 b, Lane4 c) =>
        Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)]
    public static void Accumulate(in Lane4 a, in Lane4 b, ref Lane4 sum) => sum._v = Vector128.FusedMultiplyAdd(a._v, b._v, sum._v);

    [MethodImpl(Inline)]
    public static void Accumulate(float a, in Lane4 b, ref Lane4 sum) =>
        sum._v = Vector128.FusedMultiplyAdd(Vector128.Create(a), b._v, sum._v);

    [MethodImpl(Inline)]
    public static Lane4 Max(Lane4 a, Lane4 b) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.MaxNative(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane4 Min(Lane4 a, Lane4 b) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.MinNative(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane4 Sqrt(Lane4 value) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.Sqrt(value._v));

    [MethodImpl(Inline)]
    public static Lane4 Abs(Lane4 value) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.Abs(value._v));

    [MethodImpl(Inline)]
    public static Lane4 Round(Lane4 value) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.Round(value._v));

    [MethodImpl(Inline)]
    public static Lane4 GreaterThan(Lane4 a, Lane4 b) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.GreaterThan(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane4 Equal(Lane4 a, Lane4 b) => Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.Equals(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane4 Select(Lane4 mask, Lane4 a, Lane4 b) =>
        Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(Inline)]
    public static Lane4 And(Lane4 mask, Lane4 value) => Unsafe.BitCast<Vector128<float>, Lane4>(mask._v & value._v);

    [MethodImpl(Inline)]
    public static Lane4 Exp(Lane4 x) => FloatMath.Exp(x);

    [MethodImpl(Inline)]
    public static Lane4 Log(Lane4 x) => FloatMath.Log(x);

    [MethodImpl(Inline)]
    public static Lane4 Tanh(Lane4 x) => FloatMath.Tanh(x);

    [MethodImpl(Inline)]
    public static Lane4 PowerOfTwo(Lane4 n) =>
        Unsafe.BitCast<Vector128<float>, Lane4>(((Vector128.ConvertToInt32Native(n._v) + Vector128.Create(127)) << 23).AsSingle());

    [MethodImpl(Inline)]
    public static Lane4 Exponent(Lane4 x) =>
        Unsafe.BitCast<Vector128<float>, Lane4>(Vector128.ConvertToSingle((x._v.AsInt32() >>> 23) - Vector128.Create(127)));

    [MethodImpl(Inline)]
    public static Lane4 Mantissa(Lane4 x) =>
        Unsafe.BitCast<Vector128<float>, Lane4>(((x._v.AsInt32() & Vector128.Create(0x7FFFFF)) | Vector128.Create(0x3F800000)).AsSingle());

    public static void Transpose(float* source, nint sourceStride, float* target, nint targetStride) =>
        ScalarTranspose.Run(source, sourceStride, target, targetStride, 4);
}
