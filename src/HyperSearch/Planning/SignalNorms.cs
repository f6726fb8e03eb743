using System.Collections.Immutable;
using System.Globalization;

namespace HyperSearch.Planning;

/// <summary>How large the signals in a network's hidden layers were, on the last mini-batch of an epoch.</summary>
/// <remarks>
/// From layer to layer the activations on their way forward and the gradients on their way back are multiplied by what the weights and the
/// activation do; a factor far from 1 makes them vanish or explode in a deep network. Equal when all numbers are.
/// </remarks>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Activations">For each hidden layer, the first first: the root of the mean square of its units' outputs.</param>
/// <param name="Gradients">For each hidden layer: the mean over the rows of the square of the norm of ∂cost/∂z, its root; z is what the
/// layer's activation is applied to.</param>
public sealed record SignalNorms(int Epoch, ImmutableArray<double> Activations, ImmutableArray<double> Gradients)
{
    /// <summary>By what factor a gradient changes for each layer that it passes on its way back; <c>null</c> where that is not known: of
    /// fewer than two layers, or from norms that are 0 or no number.</summary>
    public double? GradientFactor => FactorOf(Gradients[^1], Gradients[0]);

    /// <summary>By what factor an activation changes for each layer that it passes; <c>null</c> where that is not known.</summary>
    public double? ActivationFactor => FactorOf(Activations[0], Activations[^1]);

    /// <summary>The same with three significant digits, which is enough to see a trend.</summary>
    public SignalNorms Rounded() => new(Epoch, [.. Activations.Select(Rounded)], [.. Gradients.Select(Rounded)]);

    /// <inheritdoc/>
    public bool Equals(SignalNorms? other) => other is not null && Epoch == other.Epoch
        && Activations.AsSpan().SequenceEqual(other.Activations.AsSpan()) && Gradients.AsSpan().SequenceEqual(other.Gradients.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epoch, Activations.Length);

    private double? FactorOf(double from, double to) =>
        Gradients.Length < 2 || !double.IsFinite(from) || !double.IsFinite(to) || !(from > 0) || !(to >= 0)
            ? null
            : Math.Pow(to / from, 1.0 / (Gradients.Length - 1));

    private static double Rounded(double value) => double.IsFinite(value)
        ? double.Parse(value.ToString("g3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : value;
}
