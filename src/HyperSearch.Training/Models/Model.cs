using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Models;

/// <summary>A trained network with all it needs to answer: how raw rows become inputs, the weights, and what its outputs mean.</summary>
/// <remarks>Independent of the data it learned from. Immutable and safe to use from several threads.</remarks>
public sealed class Model
{
    internal Model(DataSchema schema, IReadOnlyList<ModelLayer> layers)
    {
        Schema = schema;
        Layers = layers;
        var width = schema.FeatureNames.Count;
        foreach (var layer in layers)
        {
            if (layer.Inputs != width || layer.Weights.Length != layer.Inputs * layer.Outputs || layer.Biases.Length != layer.Outputs)
                throw new DataException("The layers of the model do not fit together; the file is damaged.");
            width = layer.Outputs;
        }
        if (width != (schema.Task == LearningTask.MultiClass ? schema.Classes.Count : 1))
            throw new DataException("The model's outputs do not fit its classes; the file is damaged.");
    }

    /// <summary>How raw rows become inputs and outputs become answers.</summary>
    public DataSchema Schema { get; }

    /// <summary>Length of an answer: one probability for each class, two for a binary task; 1 for regression.</summary>
    public int Answers => Schema.Task == LearningTask.Regression ? 1 : Schema.Classes.Count;

    /// <summary>How the network did, class by class, on the part that it was judged on; null for a regression, or when it was not judged.</summary>
    public ConfusionMatrix? Confusion { get; internal init; }

    internal IReadOnlyList<ModelLayer> Layers { get; }

    /// <summary>The rows that the network learned from; none in models of earlier versions.</summary>
    internal RowMarks Learned { get; init; } = RowMarks.None;

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The file is missing, damaged or no model.</exception>
    public static Model Load(string path) => ModelFile.Read(path);

    /// <summary>Writes the model beside its place and renames it, so that the file is always whole.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => ModelFile.Write(this, path);

    /// <summary>Answers for one row.</summary>
    /// <param name="inputs">Raw inputs in the order of <see cref="DataSchema.FeatureNames"/>, not normalized; numbers of a column that has an <see cref="InputColumn.Origin"/> as their distance from it.</param>
    /// <returns>Probabilities in the order of <see cref="DataSchema.Classes"/>, or the predicted number in the target's unit.</returns>
    /// <exception cref="ArgumentException">There are more or fewer inputs than the model has.</exception>
    public double[] Predict(ReadOnlySpan<float> inputs)
    {
        float[] x = [.. inputs];
        Schema.Normalization.Apply(x);
        foreach (var layer in Layers)
        {
            var y = new float[layer.Outputs];
            layer.Run(x, y);
            x = y;
        }
        return Schema.Task switch
        {
            LearningTask.Regression => [Schema.Targets!.Restore(x[0])],
            LearningTask.Binary => Both(1 / (1 + PortableMath.Exp(-x[0]))),
            _ => Softmax(x),
        };
    }

    /// <summary>Whether the network learned from a row.</summary>
    /// <param name="inputs">As for <see cref="Predict"/>.</param>
    internal bool LearnedFrom(ReadOnlySpan<float> inputs)
    {
        float[] x = [.. inputs];
        Schema.Normalization.Apply(x);
        return Learned.Contain(x);
    }

    private static double[] Both(double second) => [1 - second, second];

    private static double[] Softmax(float[] logits)
    {
        var most = logits.Max();
        var powers = logits.Select(logit => PortableMath.Exp((double)logit - most)).ToArray();
        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
