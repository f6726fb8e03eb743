namespace HyperSearch.Training.Kernels;

/// <summary>The width of numbers in a graph.</summary>
public enum Precision
{
    /// <summary>32-bit floats: training.</summary>
    Bits32,

    /// <summary>64-bit floats: gradient checking.</summary>
    Bits64,
}
