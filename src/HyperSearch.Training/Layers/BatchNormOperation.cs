using System.Runtime.CompilerServices;
using HyperSearch.Numerics;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Layers;

/// <summary>Batch norm on z, before the activation: y = g(γ·x̂ + β), x̂ = (z − μ)/√(σ² + ε), with μ and σ² of the mini-batch.</summary>
/// <remarks>
/// <para>Shapes: z, y [batch, n]; γ, β, μ, σ² [n]. Works in place on z. Gradients, with d = dy ∘ g′: dβ = Σ d, dγ = Σ d∘x̂, dz = γ/√(σ² +
/// ε)·(d − dβ/batch − x̂·dγ/batch).</para>
/// <para>For test time μ and σ² are exponentially weighted averages with weight batch_norm_momentum on the past, bias-corrected by 1 −
/// momentumᵗ.</para>
/// <para>σ² in two passes (mean first), dividing by batch. Ioffe and Szegedy, <see href="https://arxiv.org/abs/1502.03167">Batch
/// Normalization</see> (2015); course 2, week 3.</para>
/// </remarks>
internal sealed unsafe class BatchNormOperation<L, T, A> : ActivatedOperation<L, T, A>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    private readonly TrainedParameter _gamma, _beta;
    private readonly RunningStatistics _running;
    private readonly T* _normalized;
    private readonly T* _inverse;
    private readonly T* _gammaGradient;
    private readonly T* _betaGradient;
    private readonly double _epsilon, _momentum;

    public BatchNormOperation(
        Tensor output, TrainedParameter gamma, TrainedParameter beta, RunningStatistics running, BatchNormNumbers numbers,
        double leakySlope, Arena arena)
        : base(leakySlope)
    {
        (_gamma, _beta, _running, _epsilon, _momentum) = (gamma, beta, running, numbers.Epsilon, numbers.Momentum);
        _normalized = arena.Take<T>((long)Padding.To16(output.Rows) * output.Stride);
        _inverse = arena.Take<T>(output.Columns);
        _gammaGradient = arena.Take<T>(output.Columns);
        _betaGradient = arena.Take<T>(output.Columns);
    }

    public override bool OverwritesGradients => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(in Pass pass)
    {
        if (pass.Training)
        {
            _running.Steps++;
            Train(Output.RowsIn(pass));
        }
        else
        {
            Infer(Output.RowsIn(pass));
        }
        FinishForward(pass);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Train(int rows)
    {
        L share = L.Constant(1.0 / rows), old = L.Constant(_momentum), fresh = L.Constant(1 - _momentum), leak = L.Constant(LeakySlope);
        T* gamma = (T*)_gamma.Values, beta = (T*)_beta.Values, means = (T*)_running.Mean, variances = (T*)_running.Variance;
        nint stride = Stride, end = rows * stride;
        for (nint j = 0; j < Output.Columns; j += L.Width)
        {
            T* z = Value + j, x = _normalized + j;
            L s = L.Zero, t = L.Zero;
            nint i = 0;
            for (; i + stride < end; i += 2 * stride)
            {
                s += L.Load(z + i);
                t += L.Load(z + i + stride);
            }
            if (i < end)
                s += L.Load(z + i);
            var mean = (s + t) * share;
            (s, t, i) = (L.Zero, L.Zero, 0);
            for (; i + stride < end; i += 2 * stride)
            {
                L a = L.Load(z + i) - mean, b = L.Load(z + i + stride) - mean;
                s = L.MultiplyAdd(a, a, s);
                t = L.MultiplyAdd(b, b, t);
            }
            if (i < end)
            {
                var a = L.Load(z + i) - mean;
                s = L.MultiplyAdd(a, a, s);
            }
            var variance = (s + t) * share;
            L.Store(L.MultiplyAdd(old, L.Load(means + j), fresh * mean), means + j);
            L.Store(L.MultiplyAdd(old, L.Load(variances + j), fresh * variance), variances + j);
            var inverse = L.Constant(1) / L.Sqrt(variance + L.Constant(_epsilon));
            L.Store(inverse, _inverse + j);
            L g = L.Load(gamma + j), shift = L.Load(beta + j);
            for (i = 0; i < end; i += stride)
            {
                var hat = (L.Load(z + i) - mean) * inverse;
                L.Store(hat, x + i);
                L.Store(A.Apply(L.MultiplyAdd(hat, g, shift), leak), z + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Infer(int rows)
    {
        var correction = _running.Steps == 0 ? 1 : 1 / (1 - PortableMath.Pow(_momentum, _running.Steps));
        var guard = L.Constant(_running.Steps == 0 ? 1 + _epsilon : _epsilon); // before the first mini-batch: mean 0, variance 1
        L correct = L.Constant(correction), leak = L.Constant(LeakySlope);
        T* gamma = (T*)_gamma.Values, beta = (T*)_beta.Values, means = (T*)_running.Mean, variances = (T*)_running.Variance;
        for (nint j = 0; j < Output.Columns; j += L.Width)
        {
            var inverse = L.Constant(1) / L.Sqrt(L.MultiplyAdd(L.Load(variances + j), correct, guard));
            L mean = L.Load(means + j) * correct, g = L.Load(gamma + j), shift = L.Load(beta + j);
            var z = Value + j;
            for (var row = 0; row < rows; row++, z += Stride)
                L.Store(A.Apply(L.MultiplyAdd((L.Load(z) - mean) * inverse, g, shift), leak), z);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(in Pass pass)
    {
        FoldSlope(pass);
        var share = L.Constant(1.0 / Output.RowsIn(pass));
        var gamma = (T*)_gamma.Values;
        nint stride = Stride, end = Output.RowsIn(pass) * stride;
        for (nint j = 0; j < Output.Columns; j += L.Width)
        {
            T* d = Gradient + j, x = _normalized + j;
            L db = L.Zero, dg = L.Zero;
            for (nint i = 0; i < end; i += stride)
            {
                var v = L.Load(d + i);
                db += v;
                dg = L.MultiplyAdd(v, L.Load(x + i), dg);
            }
            L.Store(db, _betaGradient + j);
            L.Store(dg, _gammaGradient + j);
            L scale = L.Load(gamma + j) * L.Load(_inverse + j), meanB = db * share, meanG = dg * share;
            for (nint i = 0; i < end; i += stride)
                L.Store(scale * (L.Load(d + i) - meanB - L.Load(x + i) * meanG), d + i);
        }
        pass.Sink!.TakeStored(_gamma, _gammaGradient);
        pass.Sink.TakeStored(_beta, _betaGradient);
    }
}

/// <summary>The two hyperparameters of batch norm.</summary>
/// <param name="Epsilon">ε, added to the variance.</param>
/// <param name="Momentum">Weight of the past in the running averages.</param>
internal readonly record struct BatchNormNumbers(double Epsilon, double Momentum);

internal sealed class BatchNormRecipe(
    Tensor output, TrainedParameter gamma, TrainedParameter beta, RunningStatistics running, BatchNormNumbers numbers,
    Activated activated, Arena arena)
    : ActivatedRecipe(activated)
{
    protected override Operation Make<L, T, A>() =>
        new BatchNormOperation<L, T, A>(output, gamma, beta, running, numbers, Activated.LeakySlope, arena)
        {
            Output = output,
            Dropout = (Dropout<L, T>?)Activated.Dropout,
        };
}
