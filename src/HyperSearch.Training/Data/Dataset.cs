namespace HyperSearch.Training.Data;

/// <summary>Examples that are loaded, split and normalized once and then shared by all trials.</summary>
/// <remarks>Immutable and safe to read from any number of threads. Dispose it after the last trial, never before.</remarks>
public sealed class Dataset : IDisposable
{
    internal Dataset(DataSchema schema, Partition train, Partition dev, Partition test, string fingerprint)
    {
        Schema = schema;
        Train = train;
        Dev = dev;
        Test = test;
        Fingerprint = fingerprint;
    }

    /// <summary>How raw rows become inputs and outputs become answers; belongs into every model file.</summary>
    public DataSchema Schema { get; }

    /// <summary>The kind of target: a number, or one of two or more classes.</summary>
    public LearningTask Task => Schema.Task;

    /// <summary>
    /// Names of the classes in the order of the outputs (binary: the second one is the positive class); empty for regression.
    /// </summary>
    public IReadOnlyList<string> Classes => Schema.Classes;

    /// <summary>Names of the network's inputs, one-hot categories as <c>column=category</c>.</summary>
    public IReadOnlyList<string> FeatureNames => Schema.FeatureNames;

    /// <summary>Number of the network's inputs.</summary>
    public int Inputs => Schema.FeatureNames.Count;

    /// <summary>Number of the network's outputs: classes, or 1 for a binary or regression task.</summary>
    public int Outputs => Task == LearningTask.MultiClass ? Classes.Count : 1;

    /// <summary>The part that is learned from.</summary>
    public Partition Train { get; }

    /// <summary>The part that trials are compared on.</summary>
    public Partition Dev { get; }

    /// <summary>The part that only the winner sees, once.</summary>
    public Partition Test { get; }

    /// <summary>μ and 1/σ of the training part, already applied to all three parts.</summary>
    public Normalization Normalization => Schema.Normalization;

    /// <summary>How targets were standardized; null unless the task is regression.</summary>
    public TargetScale? Targets => Schema.Targets;

    /// <summary>Height, width and channels when a row is a picture; otherwise null.</summary>
    public ImageShape? Image => Schema.Image;

    /// <summary>The class whose F1 is told, a number of <see cref="Classes"/>; null for the mean over all.</summary>
    public int? Positive { get; internal init; }

    /// <summary>How the files were read, what was left out, and what looks doubtful.</summary>
    public ReadingReport Reading { get; internal init; } = ReadingReport.Empty;

    /// <summary>Marks of the training rows; a model knows them again by these.</summary>
    internal RowMarks TrainMarks { get; init; } = RowMarks.None;

    /// <summary>Hash of content and split, 32 hexadecimal digits: two data sets with the same fingerprint train the same.</summary>
    public string Fingerprint { get; }

    /// <summary>Frees the features of all three parts; nobody may be reading them.</summary>
    public void Dispose()
    {
        Train.Features.Dispose();
        Dev.Features.Dispose();
        Test.Features.Dispose();
    }
}
