using HyperSearch.Training.Data;

namespace HyperSearch.Training.Models;

/// <summary>One network of a model.</summary>
/// <param name="Weight">How much its answer counts, above 0.</param>
/// <param name="Normalization">μ and 1/σ of the rows that it learned from.</param>
/// <param name="Layers">Its layers, the first one first.</param>
internal sealed record ModelNetwork(double Weight, Normalization Normalization, IReadOnlyList<ModelLayer> Layers)
{
    /// <summary>The last layer's outputs for one row of raw inputs.</summary>
    public float[] Run(ReadOnlySpan<float> inputs)
    {
        float[] x = [.. inputs];
        Normalization.Apply(x);
        foreach (var layer in Layers)
        {
            var y = new float[layer.Outputs];
            layer.Run(x, y);
            x = y;
        }

        return x;
    }

    /// <summary>Refuses layers that do not fit each other or the schema.</summary>
    /// <exception cref="DataException">They do not, so the file is damaged.</exception>
    public void RequireFit(DataSchema schema)
    {
        var width = schema.FeatureNames.Count;
        if (Normalization.Means.Count != width || !(Weight > 0))
            throw new DataException("A network of the model does not fit its inputs; the file is damaged.");
        foreach (var layer in Layers)
        {
            if (layer.Inputs != width || layer.Weights.Length != layer.Inputs * layer.Outputs || layer.Biases.Length != layer.Outputs)
                throw new DataException("The layers of the model do not fit together; the file is damaged.");
            width = layer.Outputs;
        }

        if (width != (schema.Task == LearningTask.MultiClass ? schema.Classes.Count : 1))
            throw new DataException("The model's outputs do not fit its classes; the file is damaged.");
    }
}
