using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>A learned parameter: its values, its gradient where one is stored, and the optimizer's averages.</summary>
internal sealed unsafe class TrainedParameter(string name, int rows, int columns, bool isWeight, int stride = 0)
{
    public string Name { get; } = name;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    /// <summary>Whether regularization applies: weights yes; biases, γ and β no.</summary>
    public bool IsWeight { get; } = isWeight;

    /// <summary>Weights lie in strips; biases, γ and β are one padded row; a user's variables lie row by row, a stride apart.</summary>
    public Strips Strips { get; } = new(rows, columns);

    /// <summary>Elements in memory, padding included; a multiple of 16.</summary>
    public long Length => stride > 0 ? (long)Padding.To16(Rows) * stride : Rows == 1 && !IsWeight ? Padding.To16(Columns) : Strips.Length;

    public void* Values { get; set; }

    /// <summary>First and second moment; null when the optimizer keeps none.</summary>
    public void* First { get; set; }

    public void* Second { get; set; }

    /// <summary>Weights of so few outputs that their gradient is made turned: see <see cref="NarrowProduct"/>.</summary>
    public bool IsNarrow => IsWeight && Columns <= NarrowProduct.Outputs;

    /// <summary>Null unless gradients are stored (clipping, gradient checking) or <see cref="IsNarrow"/>.</summary>
    public void* Gradient { get; set; }

    /// <summary>The gradient's transpose, for <see cref="IsNarrow"/>.</summary>
    public void* TurnedGradient { get; set; }

    /// <summary>Takes memory for a stored gradient.</summary>
    public void TakeGradient<T>(Arena arena)
        where T : unmanaged
    {
        Gradient = arena.Take<T>(Length);
        if (IsNarrow)
            TurnedGradient = arena.Take<T>(16L * Strips.Rows);
    }

    /// <summary>Position of an element in memory.</summary>
    public nint At(int row, int column) =>
        stride > 0 ? (nint)row * stride + column : Rows == 1 && !IsWeight ? column : Strips.At(row, column);
}
