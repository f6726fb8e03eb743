namespace HyperSearch.Training.Layers;

/// <summary>The function g that a layer applies to z = x·W + b.</summary>
public enum Activation
{
    /// <summary>a = z; every output layer uses it.</summary>
    Identity,

    /// <summary>a = max(0, z).</summary>
    Relu,

    /// <summary>a = z for z &gt; 0, leaky_slope·z otherwise.</summary>
    LeakyRelu,

    /// <summary>a = tanh z.</summary>
    Tanh,

    /// <summary>a = 1/(1 + e⁻ᶻ).</summary>
    Sigmoid,
}
