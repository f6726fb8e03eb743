using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Models;

/// <summary>A trained network with all it needs to answer: how raw rows become inputs, the weights, and what its outputs mean.</summary>
/// <remarks>Independent of the data it learned from. Immutable and safe to use from several threads.</remarks>
public sealed class Model
{
    internal Model(DataSchema schema, IReadOnlyList<ModelLayer> layers)
        : this(schema, [new ModelNetwork(1, schema.Normalization, layers)])
    {
    }

    internal Model(DataSchema schema, IReadOnlyList<ModelNetwork> networks)
    {
        Schema = schema;
        Networks = networks;
        foreach (var network in networks)
            network.RequireFit(schema);
    }

    /// <summary>How raw rows become inputs and outputs become answers.</summary>
    public DataSchema Schema { get; }

    /// <summary>Length of an answer: one probability for each class, two for a binary task; 1 for regression.</summary>
    public int Answers => Schema.Task == LearningTask.Regression ? 1 : Schema.Classes.Count;

    /// <summary>
    /// How the network did, class by class, on the part that it was judged on; null for a regression, or when it was not judged.
    /// </summary>
    public ConfusionMatrix? Confusion { get; internal init; }

    /// <summary>The networks, whose answers are averaged by their weights; most models have one.</summary>
    internal IReadOnlyList<ModelNetwork> Networks { get; }

    /// <summary>How many networks answer together.</summary>
    public int NetworkCount => Networks.Count;

    /// <summary>How many weights and biases they have in all.</summary>
    public long ParameterCount => Networks.Sum(static network => network.Layers.Sum(static layer =>
        (long)layer.Weights.Length + layer.Biases.Length));

    /// <summary>One model of several that answer together; a network's weight is its model's count.</summary>
    /// <param name="models">Models of one schema, each with how often it counts, from 1.</param>
    /// <param name="confusion">How they do together on rows that they never saw; null when they were not judged.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Model Average(IReadOnlyList<(Model Model, int Count)> models, ConfusionMatrix? confusion = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0)
            throw new ArgumentException("An average needs at least one model.", nameof(models));
        var networks = models.SelectMany(static entry => entry.Model.Networks.Select(network =>
            network with { Weight = network.Weight * entry.Count }));
        return new Model(models[0].Model.Schema, [.. networks])
        {
            Confusion = confusion,
            Learned = RowMarks.Union(models.Select(static entry => entry.Model.Learned)),
        };
    }

    /// <summary>The rows that the network learned from; none in models of earlier versions.</summary>
    internal RowMarks Learned { get; init; } = RowMarks.None;

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The file is missing, damaged or no model.</exception>
    public static Model Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ModelFile.Read(path);
    }

    /// <summary>Writes the model beside its place and renames it, so that the file is always whole.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ModelFile.Write(this, path);
    }

    /// <summary>Answers for one row.</summary>
    /// <param name="inputs">Raw inputs in the order of <see cref="DataSchema.FeatureNames"/>, not normalized; numbers of a column that has
    /// an <see cref="InputColumn.Origin"/> as their distance from it.</param>
    /// <returns>Probabilities in the order of <see cref="DataSchema.Classes"/>, or the predicted number in the target's unit.</returns>
    /// <exception cref="ArgumentException">There are more or fewer inputs than the model has.</exception>
    public double[] Predict(ReadOnlySpan<float> inputs)
    {
        if (Networks.Count == 1)
            return AnswerOf(Networks[0].Run(inputs));
        var (sum, size) = (new double[Answers], 0.0);
        foreach (var network in Networks)
        {
            var answer = AnswerOf(network.Run(inputs));
            for (var i = 0; i < sum.Length; i++)
                sum[i] += network.Weight * answer[i];
            size += network.Weight;
        }

        return [.. sum.Select(total => total / size)];
    }

    private double[] AnswerOf(float[] x)
    {
        return Schema.Task switch
        {
            LearningTask.Regression => [Schema.Targets!.Restore(x[0])],
            LearningTask.Binary => Both(1 / (1 + PortableMath.Exp(-x[0]))),
            _ => Softmax(x),
        };
    }

    /// <summary>Whether the network learned from a row.</summary>
    /// <param name="inputs">As for <see cref="Predict"/>.</param>
    internal bool LearnedFrom(ReadOnlySpan<float> inputs) => Learned.Contain(inputs);

    private static double[] Both(double second) => [1 - second, second];

    private static double[] Softmax(float[] logits)
    {
        var most = logits.Max();
        var powers = logits.Select(logit => PortableMath.Exp((double)logit - most)).ToArray();
        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
