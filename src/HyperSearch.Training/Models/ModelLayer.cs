using System.Numerics;
using System.Runtime.InteropServices;
using HyperSearch.Numerics;
using HyperSearch.Training.Layers;

namespace HyperSearch.Training.Models;

/// <summary>One layer of a trained network, as it is at test time: y = g(x·W + b), with any batch norm folded into W and b.</summary>
/// <param name="Inputs">Length of x.</param>
/// <param name="Outputs">Length of y.</param>
/// <param name="Weights">W, shape [Inputs, Outputs], row-major.</param>
/// <param name="Biases">b, shape [Outputs].</param>
/// <param name="Activation">g.</param>
/// <param name="LeakySlope">Slope of leaky_relu below 0.</param>
internal sealed record ModelLayer(int Inputs, int Outputs, float[] Weights, float[] Biases, Activation Activation, float LeakySlope)
{
    /// <summary>
    /// Computes y; the same bits on every machine, because each output adds its products in order and vectors run along outputs.
    /// </summary>
    /// <param name="x">Length <see cref="Inputs"/>.</param>
    /// <param name="y">Length <see cref="Outputs"/>, overwritten.</param>
    public void Run(ReadOnlySpan<float> x, Span<float> y)
    {
        Biases.CopyTo(y);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(y);
        for (var k = 0; k < Inputs; k++)
        {
            var row = Weights.AsSpan(k * Outputs, Outputs);
            var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
            for (var j = 0; j < sums.Length; j++)
                sums[j] += vectors[j] * x[k];
            for (var j = sums.Length * Vector<float>.Count; j < Outputs; j++)
                y[j] += row[j] * x[k];
        }
        for (var j = 0; j < y.Length; j++)
            y[j] = Activate(y[j]);
    }

    private float Activate(float z) => Activation switch
    {
        Activation.Relu => Math.Max(0, z),
        Activation.LeakyRelu => z > 0 ? z : LeakySlope * z,
        Activation.Tanh => (float)(1 - (2 / (PortableMath.Exp(2.0 * z) + 1))),
        Activation.Sigmoid => (float)(1 / (1 + PortableMath.Exp(-z))),
        _ => z,
    };
}
