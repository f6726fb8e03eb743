using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>A step of the computation, its forward and backward rule side by side.</summary>
internal abstract class Operation
{
    /// <summary>The tensor that it computes.</summary>
    public required Tensor Output { get; init; }

    /// <summary>Whether Backward writes its inputs' gradients over the old ones, rather than adding to them.</summary>
    public virtual bool OverwritesGradients => false;

    /// <summary>Whether Backward hands its input's gradient, as a product, to the operation that made the input.</summary>
    public virtual bool DeliversProducts => false;

    /// <summary>Computes the output from the inputs.</summary>
    public abstract void Forward(in Pass pass);

    /// <summary>Computes the inputs' gradients from the output's, and hands the parameters' gradients on.</summary>
    public abstract void Backward(in Pass pass);
}

/// <summary>One run over the graph.</summary>
/// <param name="Rows">Rows of the mini-batch in hand.</param>
/// <param name="Training">Whether dropout drops and batch norm uses the mini-batch's own statistics.</param>
/// <param name="Sink">Where parameters' gradients go.</param>
internal readonly record struct Pass(int Rows, bool Training, GradientSink? Sink);

/// <summary>An operation compiled for one lane.</summary>
internal abstract unsafe class Operation<L, T> : Operation
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    protected T* Value => (T*)Output.Value;

    protected T* Gradient => (T*)Output.Gradient;

    protected nint Stride => Output.Stride;

    /// <summary>Takes the output's gradient as the product d·W: d has <paramref name="k"/> columns, W as many as the output.</summary>
    public virtual void ReceiveProduct(T* d, nint stride, Operand<T> w, int rows, int k)
    {
        if (Output.Accumulates)
        {
            var add = new AddEpilogue<L, T>(Gradient, Stride);
            Product.Run<L, T, AddEpilogue<L, T>>(d, stride, 1, w, rows, Output.Columns, k, ref add);
            return;
        }
        var store = new StoreEpilogue<L, T>(Gradient, Stride); // nobody has cleared the gradient of the last step
        Product.Run<L, T, StoreEpilogue<L, T>>(d, stride, 1, w, rows, Output.Columns, k, ref store);
    }

    /// <summary>
    /// Sets the columns beyond a tensor's own to zero: a layer that reads it learns nothing from them, but a norm would count them.
    /// </summary>
    protected static void ClearPadding(Tensor tensor, T* start, int rows)
    {
        var padding = Padding.To16(tensor.Columns) - tensor.Columns;
        for (nint row = 0; padding > 0 && row < rows; row++)
            new Span<T>(start + row * tensor.Stride + tensor.Columns, padding).Clear();
    }
}
