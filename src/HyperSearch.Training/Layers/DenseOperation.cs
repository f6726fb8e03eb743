using System.Runtime.CompilerServices;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Layers;

/// <summary>A fully connected layer: y = g(x·W + b).</summary>
/// <remarks>
/// Shapes: x [batch, In], W [In, Out], b [Out], y [batch, Out]. Gradients, with dz = dy ∘ g′(z): dx = dz·Wᵀ, dW = xᵀ·dz, db = column sums
/// of dz.
/// </remarks>
internal sealed unsafe class DenseOperation<L, T, A> : ActivatedOperation<L, T, A>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    private readonly Tensor _input;
    private readonly TrainedParameter _weights;
    private readonly TrainedParameter? _bias;
    private readonly T* _zeros;
    private readonly T* _transposed;
    private readonly Strips _transposedStrips;

    /// <param name="input">x.</param>
    /// <param name="weights">W.</param>
    /// <param name="bias">b; null when batch norm follows, whose β does its work.</param>
    /// <param name="leakySlope">For leaky_relu.</param>
    /// <param name="arena">The graph's memory.</param>
    public DenseOperation(Tensor input, TrainedParameter weights, TrainedParameter? bias, double leakySlope, Arena arena)
        : base(leakySlope)
    {
        (_input, _weights, _bias) = (input, weights, bias);
        _zeros = bias is null ? arena.Take<T>(Padding.To16(weights.Columns)) : null;
        _transposedStrips = new Strips(weights.Columns, weights.Rows);
        if (input.NeedsGradient)
            _transposed = arena.Take<T>(_transposedStrips.Length);
    }

    public override bool OverwritesGradients => true;

    public override bool DeliversProducts => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(in Pass pass)
    {
        var w = Operand<T>.Packed((T*)_weights.Values, _weights.Strips);
        var finish = new ForwardEpilogue<L, T, A>(Value, Stride, _bias is null ? _zeros : (T*)_bias.Values, L.Number(LeakySlope));
        Product.Run<L, T, ForwardEpilogue<L, T, A>>(
            (T*)_input.Value, _input.Stride, 1, w, Output.RowsIn(pass), _weights.Columns, _weights.Rows, ref finish);
        FinishForward(pass);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(in Pass pass)
    {
        FoldSlope(pass);
        if (_input.NeedsGradient)
        {
            StripTranspose.Run<L, T>((T*)_weights.Values, _weights.Strips, _transposed, _transposedStrips);
            var w = Operand<T>.Packed(_transposed, _transposedStrips);
            ((Operation<L, T>)_input.Producer!).ReceiveProduct(Gradient, Stride, w, Output.RowsIn(pass), _weights.Columns);
        }
        pass.Sink!.TakeProduct(_weights, _input.Value, _input.Stride, Gradient, Stride, Output.RowsIn(pass));
        if (_bias is not null)
            pass.Sink.TakeColumnSums(_bias, Gradient, Stride, Output.RowsIn(pass));
    }
}

/// <summary>A finished x·W becomes a = g(x·W + b).</summary>
internal unsafe struct ForwardEpilogue<L, T, A>(T* output, nint stride, T* bias, T leak) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    public static bool IsLight => A.IsLight;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint At(nint row, nint column) => row * stride + column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint Pitch(nint column) => stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint at, nint column) =>
        L.Store(A.Apply(sum + L.Load(bias + column), L.Create(leak)), output + at);
}

internal sealed class DenseRecipe(
    Tensor input, Tensor output, TrainedParameter weights, TrainedParameter? bias, Activated activated, Arena arena)
    : ActivatedRecipe(activated)
{
    protected override Operation Make<L, T, A>() =>
        new DenseOperation<L, T, A>(
            input, weights, bias, Activated.LeakySlope, arena)
        { Output = output, Dropout = (Dropout<L, T>?)Activated.Dropout };
}
