using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>
/// Where the gradients of parameters go, piece by piece as they are made: into the optimizer's update on the spot, or into memory.
/// </summary>
internal abstract unsafe class GradientSink
{
    /// <summary>Takes memory for the values that it keeps beside each parameter.</summary>
    public abstract void Attach(TrainedParameter parameter, Arena arena);

    /// <summary>Opens a step. <paramref name="step"/> counts from 1.</summary>
    public abstract void Begin(double learningRate, long step);

    /// <summary>dW = xᵀ·dz, shapes x [rows, In], dz [rows, Out].</summary>
    public abstract void TakeProduct(TrainedParameter parameter, void* x, nint xStride, void* dz, nint dzStride, int rows);

    /// <summary>db = sum of the rows of dz.</summary>
    public abstract void TakeColumnSums(TrainedParameter parameter, void* dz, nint stride, int rows);

    /// <summary>A gradient that lies in memory in the parameter's own order.</summary>
    public abstract void TakeStored(TrainedParameter parameter, void* gradient);

    /// <summary>Closes the step.</summary>
    public abstract void End(IReadOnlyList<TrainedParameter> parameters);
}
