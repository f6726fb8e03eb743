using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace HyperSearch.Training.Data;

/// <summary>Shifts and scales each feature to mean 0 and variance 1 over the training set.</summary>
/// <remarks>
/// x′ = (x − Means)·Scales with Scales = 1/σ, in float32, so that every reader of a model gets the same bits. σ is the population deviation
/// (divisor n). A feature that is constant over the training set has scale 0: it maps to 0 everywhere, also where other data deviate,
/// because nothing could be learned about it. Vectors are as long as there are features, in their units.
/// Source: A. Ng, Improving Deep Neural Networks, week 1, "Normalizing inputs".
/// </remarks>
public sealed class Normalization
{
    private readonly float[] _means;
    private readonly float[] _scales;
    private readonly float[] _deviations;

    /// <summary>A normalization with given constants.</summary>
    /// <param name="means">Training mean μ of each feature.</param>
    /// <param name="scales">1/σ of each feature; 0 for a constant one.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not finite, or a scale is negative.</exception>
    [JsonConstructor]
    public Normalization(IReadOnlyList<float> means, IReadOnlyList<float> scales)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(scales);
        if (means.Count != scales.Count)
            throw new ArgumentException($"There are {means.Count} means and {scales.Count} scales; each feature has one of each.",
                nameof(scales));
        if (!means.All(float.IsFinite) || !scales.All(static s => float.IsFinite(s) && s >= 0))
            throw new ArgumentException("Means are finite; scales are finite and not negative.", nameof(scales));
        _means = [.. means];
        _scales = [.. scales];
        _deviations = [.. scales.Select(static s => s == 0 ? 0 : 1 / s)];
    }

    /// <summary>Training mean μ of each feature, in the feature's unit.</summary>
    public IReadOnlyList<float> Means => _means;

    /// <summary>1/σ of each feature; 0 for a feature that is constant over the training set.</summary>
    public IReadOnlyList<float> Scales => _scales;

    /// <summary>Normalizes the features of one example in place.</summary>
    /// <param name="features">Raw features, one for each mean.</param>
    /// <exception cref="ArgumentException"><paramref name="features"/> has another length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(Span<float> features)
    {
        RequireLength(features.Length);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(features);
        ReadOnlySpan<Vector<float>> means = MemoryMarshal.Cast<float, Vector<float>>(_means), scales = MemoryMarshal.Cast<float,
            Vector<float>>(_scales);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = (vectors[i] - means[i]) * scales[i];
        for (var i = vectors.Length * Vector<float>.Count; i < features.Length; i++)
            features[i] = (features[i] - _means[i]) * _scales[i];
    }

    /// <summary>Undoes <see cref="Apply"/>; a constant feature becomes its mean.</summary>
    /// <param name="features">Normalized features, one for each mean.</param>
    /// <exception cref="ArgumentException"><paramref name="features"/> has another length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Undo(Span<float> features)
    {
        RequireLength(features.Length);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(features);
        ReadOnlySpan<Vector<float>> means = MemoryMarshal.Cast<float, Vector<float>>(_means), deviations = MemoryMarshal.Cast<float,
            Vector<float>>(_deviations);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = (vectors[i] * deviations[i]) + means[i];
        for (var i = vectors.Length * Vector<float>.Count; i < features.Length; i++)
            features[i] = (features[i] * _deviations[i]) + _means[i];
    }

    private void RequireLength(int length)
    {
        if (length != _means.Length)
            throw new ArgumentException($"The example has {length} features; the normalization knows {_means.Length}.");
    }
}
