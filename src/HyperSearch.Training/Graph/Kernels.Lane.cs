using System.Runtime.CompilerServices;
using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Losses;
using HyperSearch.Training.Numerics;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training.Graph;

/// <summary>The operations for one lane.</summary>
internal sealed unsafe partial class Kernels<L, T> : Kernels
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public override int ElementBytes => sizeof(T);

    public override void* Take(Arena arena, long count) => arena.Take<T>(count);

    public override double Read(void* values, nint at) => typeof(T) == typeof(float) ? ((float*)values)[at] : ((double*)values)[at];

    public override void Write(void* values, nint at, double value)
    {
        if (typeof(T) == typeof(float))
            ((float*)values)[at] = (float)value;
        else
            ((double*)values)[at] = value;
    }

    public override Operation Input(Tensor output) => new InputOperation<L, T> { Output = output };

    public override IDropout Dropout(double keepProb, Tensor output, Arena arena) => new Dropout<L, T>(keepProb, output, arena);

    public override Operation Dense(Tensor input, Tensor output, Parameter weights, Parameter? bias, Activated activated, Arena arena)
    {
        return activated.Activation switch
        {
            Activation.Identity => Make<Identity<L, T>>(),
            Activation.Relu => Make<Relu<L, T>>(),
            Activation.LeakyRelu => Make<LeakyRelu<L, T>>(),
            Activation.Tanh => Make<Tanh<L, T>>(),
            Activation.Sigmoid => Make<Sigmoid<L, T>>(),
            _ => throw new ArgumentOutOfRangeException(nameof(activated)),
        };

        DenseOperation<L, T, A> Make<A>()
            where A : struct, IActivation<L> =>
            new(input, weights, bias, activated.LeakySlope, arena) { Output = output, Dropout = (Dropout<L, T>?)activated.Dropout };
    }

    public override Operation BatchNorm(
        Tensor output, Parameter gamma, Parameter beta, BatchNormStatistics running, double epsilon, double momentum, Activated activated, Arena arena)
    {
        return activated.Activation switch
        {
            Activation.Identity => Make<Identity<L, T>>(),
            Activation.Relu => Make<Relu<L, T>>(),
            Activation.LeakyRelu => Make<LeakyRelu<L, T>>(),
            Activation.Tanh => Make<Tanh<L, T>>(),
            Activation.Sigmoid => Make<Sigmoid<L, T>>(),
            _ => throw new ArgumentOutOfRangeException(nameof(activated)),
        };

        BatchNormOperation<L, T, A> Make<A>()
            where A : struct, IActivation<L> =>
            new(output, gamma, beta, running, epsilon, momentum, activated.LeakySlope, arena) { Output = output, Dropout = (Dropout<L, T>?)activated.Dropout };
    }

    public override LossOperation Loss(LearningTask task, Tensor logits, Tensor output, Arena arena)
    {
        return task switch
        {
            LearningTask.MultiClass => Make<Softmax<L, T>>(),
            LearningTask.Binary => Make<Logistic<L, T>>(),
            _ => Make<SquaredError<L, T>>(),
        };

        LossOperation<L, T, TLoss> Make<TLoss>()
            where TLoss : struct, ILoss<L, T> =>
            new(arena.Take<T>((long)Padding.To16(logits.Columns) * L.Width))
            {
                Output = output,
                Logits = logits,
                Targets = arena.Take<T>(logits.Rows),
                Weights = arena.Take<T>(logits.Rows),
                Wrong = arena.Take<T>(logits.Rows),
            };
    }

    public override GradientSink Updates(OptimizerSettings settings)
    {
        return settings.Kind switch
        {
            OptimizerKind.GradientDescent => Make<GradientDescentRule<L, T>>(),
            OptimizerKind.Momentum or OptimizerKind.MomentumClassic => Make<MomentumRule<L, T>>(),
            OptimizerKind.Nesterov => Make<NesterovRule<L, T>>(),
            OptimizerKind.RmsProp => Make<RmsPropRule<L, T>>(),
            OptimizerKind.Adam or OptimizerKind.AdamW => Make<AdamRule<L, T>>(),
            _ => throw new ArgumentOutOfRangeException(nameof(settings)),
        };

        GradientSink Make<TRule>()
            where TRule : struct, IUpdateRule<TRule, L, T>
        {
            var updates = new UpdateSink<L, T, TRule>(settings);
            return settings.ClipNorm > 0 ? new StoringSink<L, T, TRule>(updates, settings) : updates;
        }
    }

    public override GradientSink Store(OptimizerSettings settings) => new StoringSink<L, T, GradientDescentRule<L, T>>(null, settings);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gather(float* source, nint sourceStride, ReadOnlySpan<int> rows, int columns, void* target, nint targetStride)
    {
        var to = (T*)target;
        foreach (var row in rows)
        {
            var from = source + row * sourceStride;
            if (typeof(T) == typeof(float))
            {
                for (nint j = 0; j < columns; j += L.Width)
                    L.Store(L.Load((T*)(from + j)), to + j);
            }
            else
            {
                for (nint j = 0; j < columns; j++)
                    ((double*)to)[j] = from[j];
            }
            to += targetStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void GatherTargets(ReadOnlySpan<int> labels, ReadOnlySpan<float> values, ReadOnlySpan<int> rows, ReadOnlySpan<double> classWeights, LossOperation loss)
    {
        T* targets = (T*)loss.Targets, weights = (T*)loss.Weights;
        for (var i = 0; i < rows.Length; i++)
        {
            var label = labels.IsEmpty ? 0 : labels[rows[i]];
            targets[i] = Number(labels.IsEmpty ? values[rows[i]] : label);
            weights[i] = Number(classWeights.IsEmpty ? 1 : classWeights[label]);
        }
        for (var i = rows.Length; i < Padding.To16(rows.Length); i++)
            weights[i] = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Number(double value) =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);
}
