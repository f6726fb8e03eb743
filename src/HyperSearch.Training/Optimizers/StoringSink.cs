using System.Runtime.CompilerServices;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Optimizers;

/// <summary>Gradients are stored: to be looked at (gradient checking), or to be clipped together and then handed to the updates.</summary>
/// <remarks>
/// Clipping by the global norm: g ← g·min(1, clip_norm/‖g‖), ‖g‖ over all parameters. Only the data's gradient is clipped, not the
/// penalties'.
/// Pascanu, Mikolov and Bengio, <see href="https://arxiv.org/abs/1211.5063">On the difficulty of training recurrent neural networks</see>,
/// ICML (2013).
/// </remarks>
internal sealed unsafe class StoringSink<L, T, TRule>(UpdateSink<L, T, TRule>? updates, OptimizerSettings settings) : GradientSink
    where L : struct, ILane<L, T>
    where T : unmanaged
    where TRule : struct, IUpdateRule<TRule, L, T>
{
    public override void Attach(TrainedParameter parameter, Arena arena)
    {
        parameter.TakeGradient<T>(arena);
        updates?.Attach(parameter, arena);
    }

    public override void Begin(double learningRate, long step) => updates?.Begin(learningRate, step);

    public override void TakeProduct(TrainedParameter parameter, void* x, nint xStride, void* dz, nint dzStride, int rows)
    {
        if (parameter.IsNarrow)
        {
            NarrowProduct.Run<L, T>(
                (T*)x, xStride, (T*)dz, dzStride, parameter.Columns, rows, parameter.Strips, (T*)parameter.TurnedGradient,
                (T*)parameter.Gradient);
            return;
        }
        var store = new StripEpilogue((T*)parameter.Gradient, parameter.Strips);
        Product.Run<L, T, StripEpilogue>(
            (T*)x, 1, xStride, Operand<T>.RowMajor((T*)dz, dzStride), parameter.Rows, parameter.Columns, rows, ref store);
    }

    public override void TakeColumnSums(TrainedParameter parameter, void* dz, nint stride, int rows)
    {
        var store = new StripEpilogue((T*)parameter.Gradient, parameter.Strips);
        ColumnSums.Run<L, T, StripEpilogue>((T*)dz, stride, rows, parameter.Columns, ref store);
    }

    public override void TakeStored(TrainedParameter parameter, void* gradient) =>
        new ReadOnlySpan<T>(gradient, (int)parameter.Length).CopyTo(new Span<T>(parameter.Gradient, (int)parameter.Length));

    public override void End(IReadOnlyList<TrainedParameter> parameters)
    {
        if (updates is null)
        {
            for (var i = 0; i < parameters.Count; i++)
                AddPenalty(parameters[i]);
            return;
        }
        double squares = 0;
        for (var i = 0; i < parameters.Count; i++)
            squares += SumOfSquares((T*)parameters[i].Gradient, parameters[i].Length);
        var norm = Math.Sqrt(squares);
        var scale = norm > settings.ClipNorm ? settings.ClipNorm / norm : 1; // NaN: 1, and the divergence shows
        for (var i = 0; i < parameters.Count; i++)
            updates.ApplyStored(parameters[i], (T*)parameters[i].Gradient, scale);
    }

    /// <summary>For a look at it, a weight's gradient is the whole cost's, with the terms that the update would add for l2 and
    /// l1.</summary>
    private void AddPenalty(TrainedParameter parameter)
    {
        if (!parameter.IsWeight)
            return;
        var penalty = new FullPenalty<L, T>(L.Number(settings.L2), L.Number(settings.L1), L.Number(1));
        T* values = (T*)parameter.Values, gradient = (T*)parameter.Gradient;
        for (nint i = 0; i < parameter.Length; i += L.Width)
            L.Store(penalty.Gradient(L.Load(values + i), L.Load(gradient + i)), gradient + i);
    }

    /// <summary>Sixteen running sums whatever the lane, then their sum in order, in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares(T* values, long length)
    {
        T* sums = stackalloc T[16];
        for (nint offset = 0; offset < 16; offset += L.Width)
        {
            var sum = L.Zero;
            for (nint i = offset; i < length; i += 16)
            {
                var v = L.Load(values + i);
                sum = L.MultiplyAdd(v, v, sum);
            }
            L.Store(sum, sums + offset);
        }
        double total = 0;
        for (var i = 0; i < 16; i++)
            total += typeof(T) == typeof(float) ? ((float*)sums)[i] : ((double*)sums)[i];
        return total;
    }

    private struct StripEpilogue(T* gradient, Strips strips) : IEpilogue<L>
    {
        public static bool IsLight => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly nint At(nint row, nint column) => strips.At(row, column);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly nint Pitch(nint column) => strips.Width(column);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Take(L sum, nint at, nint column) => L.Store(sum, gradient + at);
    }
}

/// <summary>Only stores gradients, the penalties' included where the settings ask for them.</summary>
internal sealed record StoringRecipe(OptimizerSettings Settings) : IRecipe<GradientSink>
{
    public GradientSink Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => new StoringSink<L, T, GradientDescentRule<L, T>>(null, Settings);
}
