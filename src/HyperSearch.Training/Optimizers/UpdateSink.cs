using System.Runtime.CompilerServices;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Optimizers;

/// <summary>Gradients become updates where they are made.</summary>
internal sealed unsafe class UpdateSink<L, T, TRule>(OptimizerSettings options) : GradientSink
    where L : struct, ILane<L, T>
    where T : unmanaged
    where TRule : struct, IUpdateRule<TRule, L, T>
{
    private TRule _rule;
    private double _rate;

    public override void Attach(TrainedParameter parameter, Arena arena)
    {
        if (parameter.IsNarrow && parameter.Gradient is null)
            parameter.TakeGradient<T>(arena);
        if (TRule.Memories > 0)
            parameter.First = arena.Take<T>(parameter.Length);
        if (TRule.Memories > 1)
            parameter.Second = arena.Take<T>(parameter.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Begin(double learningRate, long step) => (_rule, _rate) = (TRule.At(options, learningRate, step), learningRate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void TakeProduct(TrainedParameter parameter, void* x, nint xStride, void* dz, nint dzStride, int rows)
    {
        if (!parameter.IsWeight || (options.L2 == 0 && options.L1 == 0 && options.WeightDecay == 0))
            Product(default(NoPenalty<L>), parameter, x, xStride, dz, dzStride, rows);
        else if (options.L1 == 0 && options.WeightDecay == 0)
            Product(new L2Penalty<L, T>(L.Number(options.L2)), parameter, x, xStride, dz, dzStride, rows);
        else
            Product(Everything(), parameter, x, xStride, dz, dzStride, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void TakeColumnSums(TrainedParameter parameter, void* dz, nint stride, int rows)
    {
        var update = Epilogue(default(NoPenalty<L>), parameter);
        ColumnSums.Run<L, T, UpdateEpilogue<L, T, TRule, NoPenalty<L>>>((T*)dz, stride, rows, parameter.Columns, ref update);
    }

    public override void TakeStored(TrainedParameter parameter, void* gradient) => ApplyStored(parameter, (T*)gradient, 1);

    public override void End(IReadOnlyList<TrainedParameter> parameters)
    {
        // Every update was made on the spot.
    }

    /// <summary>Updates from a gradient in memory, multiplied by <paramref name="scale"/>.</summary>
    public void ApplyStored(TrainedParameter parameter, T* gradient, double scale)
    {
        if (parameter.IsWeight)
            Stored(Everything(), parameter, gradient, L.Constant(scale));
        else
            Stored(default(NoPenalty<L>), parameter, gradient, L.Constant(scale));
    }

    private FullPenalty<L, T> Everything() => new(L.Number(options.L2), L.Number(options.L1), L.Number(1 - _rate * options.WeightDecay));

    private UpdateEpilogue<L, T, TRule, TPenalty> Epilogue<TPenalty>(TPenalty penalty, TrainedParameter parameter)
        where TPenalty : struct, IPenalty<L> =>
        new(_rule, penalty, (T*)parameter.Values, (T*)parameter.First, (T*)parameter.Second, parameter.Strips);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Product<TPenalty>(TPenalty penalty, TrainedParameter parameter, void* x, nint xStride, void* dz, nint dzStride, int rows)
        where TPenalty : struct, IPenalty<L>
    {
        if (parameter.IsNarrow)
        {
            NarrowProduct.Run<L, T>(
                (T*)x, xStride, (T*)dz, dzStride, parameter.Columns, rows, parameter.Strips, (T*)parameter.TurnedGradient,
                (T*)parameter.Gradient);
            Stored(penalty, parameter, (T*)parameter.Gradient, L.Constant(1));
            return;
        }
        var update = Epilogue(penalty, parameter);
        Kernels.Product.Run<L, T, UpdateEpilogue<L, T, TRule, TPenalty>>(
            (T*)x, 1, xStride, Operand<T>.RowMajor((T*)dz, dzStride), parameter.Rows, parameter.Columns, rows, ref update);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Stored<TPenalty>(TPenalty penalty, TrainedParameter parameter, T* gradient, L scale)
        where TPenalty : struct, IPenalty<L>
    {
        var update = Epilogue(penalty, parameter);
        for (nint i = 0; i < parameter.Length; i += L.Width)
            update.Apply(L.Load(gradient + i) * scale, i);
    }
}

/// <summary>Updates on the spot, or stored and clipped when a clip norm is set: the one place where an optimizer is chosen.</summary>
internal sealed record UpdatesRecipe(OptimizerSettings Settings) : IRecipe<GradientSink>
{
    public GradientSink Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => Settings.Kind switch
        {
            OptimizerKind.GradientDescent => With<L, T, GradientDescentRule<L, T>>(),
            OptimizerKind.Momentum or OptimizerKind.MomentumClassic => With<L, T, MomentumRule<L, T>>(),
            OptimizerKind.Nesterov => With<L, T, NesterovRule<L, T>>(),
            OptimizerKind.RmsProp => With<L, T, RmsPropRule<L, T>>(),
            OptimizerKind.Adam or OptimizerKind.AdamW => With<L, T, AdamRule<L, T>>(),
            _ => throw new InvalidOperationException($"No rule updates by {Settings.Kind}."),
        };

    private GradientSink With<L, T, TRule>()
        where L : struct, ILane<L, T>
        where T : unmanaged
        where TRule : struct, IUpdateRule<TRule, L, T>
    {
        var updates = new UpdateSink<L, T, TRule>(Settings);
        return Settings.ClipNorm > 0 ? new StoringSink<L, T, TRule>(updates, Settings) : updates;
    }
}
