using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Kernels;

/// <summary>
/// Four doubles: runs the trainer's own kernels in double precision, where finite differences are accurate enough to check gradients.
/// </summary>
internal unsafe struct DoubleLane(Vector256<double> value) : ILane<DoubleLane, double>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private Vector256<double> _v = value;

    public static int Width => 4;

    public static int TileRows => 4;

    public static DoubleLane Zero => default;

    [MethodImpl(Inline)]
    public static DoubleLane Load(double* source) => new(Vector256.Load(source));

    [MethodImpl(Inline)]
    public static void Store(DoubleLane value, double* target) => value._v.Store(target);

    [MethodImpl(Inline)]
    public static DoubleLane Create(double value) => new(Vector256.Create(value));

    [MethodImpl(Inline)]
    public static double Number(double value) => value;

    [MethodImpl(Inline)]
    public static DoubleLane Constant(double value) => new(Vector256.Create(value));

    [MethodImpl(Inline)]
    public static DoubleLane operator +(DoubleLane a, DoubleLane b) => new(a._v + b._v);

    [MethodImpl(Inline)]
    public static DoubleLane operator -(DoubleLane a, DoubleLane b) => new(a._v - b._v);

    [MethodImpl(Inline)]
    public static DoubleLane operator *(DoubleLane a, DoubleLane b) => new(a._v * b._v);

    [MethodImpl(Inline)]
    public static DoubleLane operator /(DoubleLane a, DoubleLane b) => new(a._v / b._v);

    [MethodImpl(Inline)]
    public static DoubleLane MultiplyAdd(DoubleLane a, DoubleLane b, DoubleLane c) => new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)]
    public static void Accumulate(in DoubleLane a, in DoubleLane b, ref DoubleLane sum) =>
        sum._v = Vector256.FusedMultiplyAdd(a._v, b._v, sum._v);

    [MethodImpl(Inline)]
    public static void Accumulate(double a, in DoubleLane b, ref DoubleLane sum) =>
        sum._v = Vector256.FusedMultiplyAdd(Vector256.Create(a), b._v, sum._v);

    [MethodImpl(Inline)]
    public static DoubleLane Max(DoubleLane a, DoubleLane b) => new(Vector256.MaxNative(a._v, b._v));

    [MethodImpl(Inline)]
    public static DoubleLane Min(DoubleLane a, DoubleLane b) => new(Vector256.MinNative(a._v, b._v));

    [MethodImpl(Inline)]
    public static DoubleLane Sqrt(DoubleLane value) => new(Vector256.Sqrt(value._v));

    [MethodImpl(Inline)]
    public static DoubleLane Abs(DoubleLane value) => new(Vector256.Abs(value._v));

    [MethodImpl(Inline)]
    public static DoubleLane Round(DoubleLane value) => new(Vector256.Round(value._v));

    [MethodImpl(Inline)]
    public static DoubleLane GreaterThan(DoubleLane a, DoubleLane b) => new(Vector256.GreaterThan(a._v, b._v));

    [MethodImpl(Inline)]
    public static DoubleLane Equal(DoubleLane a, DoubleLane b) => new(Vector256.Equals(a._v, b._v));

    [MethodImpl(Inline)]
    public static DoubleLane Select(DoubleLane mask, DoubleLane a, DoubleLane b) => new(Vector256.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(Inline)]
    public static DoubleLane And(DoubleLane mask, DoubleLane value) => new(mask._v & value._v);

    public static DoubleLane Exp(DoubleLane x) => new(Vector256.Create(
        PortableMath.Exp(x._v[0]), PortableMath.Exp(x._v[1]), PortableMath.Exp(x._v[2]), PortableMath.Exp(x._v[3])));

    public static DoubleLane Log(DoubleLane x) => new(Vector256.Create(
        PortableMath.Log(x._v[0]), PortableMath.Log(x._v[1]), PortableMath.Log(x._v[2]), PortableMath.Log(x._v[3])));

    /// <summary>tanh x = 1 − 2/(e²ˣ + 1); absolute error 2⁻⁵³, which is all a gradient check can see.</summary>
    public static DoubleLane Tanh(DoubleLane x) => Constant(1) - Constant(2) / (Exp(x + x) + Constant(1));

    public static void Transpose(double* source, nint sourceStride, double* target, nint targetStride) =>
        ScalarTranspose.Run(source, sourceStride, target, targetStride, 4);
}
