using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <summary>
/// The weights' gradient dW = xᵀ·dz of a layer with few outputs, where vectors along the outputs would be mostly padding: dWᵀ = dzᵀ·x runs
/// them along the inputs, and is turned at the end.
/// </summary>
/// <remarks>Every element sums the same terms in the same order as in <see cref="Product"/>.</remarks>
internal static unsafe class NarrowProduct
{
    /// <summary>The most outputs that are few: the rows of a tile.</summary>
    public const int Outputs = 8;

    /// <summary>Writes dW, in strips.</summary>
    /// <param name="x">Inputs, [rows, In].</param>
    /// <param name="xStride">Elements between rows of x.</param>
    /// <param name="dz">Gradient of the outputs, [rows, Out].</param>
    /// <param name="dzStride">Elements between rows of dz.</param>
    /// <param name="outputs">Out, at most <see cref="Outputs"/>.</param>
    /// <param name="rows">Rows of the mini-batch.</param>
    /// <param name="strips">Layout of dW: one strip of 16 columns.</param>
    /// <param name="turned">Room for dWᵀ, [16, In]; its last 8 rows stay zero.</param>
    /// <param name="gradient">Takes dW.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<L, T>(T* x, nint xStride, T* dz, nint dzStride, int outputs, int rows, Strips strips, T* turned, T* gradient)
        where L : struct, ILane<L, T>
        where T : unmanaged
    {
        var store = new StoreEpilogue<L, T>(turned, strips.Rows);
        Product.Run<L, T, StoreEpilogue<L, T>>(dz, 1, dzStride, Operand<T>.RowMajor(x, xStride), outputs, strips.Rows, rows, ref store);
        for (nint row = 0; row < strips.Rows; row += L.Width)
        {
            for (nint column = 0; column < 16; column += L.Width)
                L.Transpose(turned + column * strips.Rows + row, strips.Rows, gradient + strips.At(row, column), 16);
        }
    }
}
