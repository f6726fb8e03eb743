namespace HyperSearch.Training.Layers;

/// <summary>Running averages of a layer's mean and variance, uncorrected, and how many mini-batches they hold.</summary>
internal sealed unsafe class BatchNormStatistics(string name, int columns)
{
    public string Name { get; } = name;

    public int Columns { get; } = columns;

    public void* Mean { get; set; }

    public void* Variance { get; set; }

    public long Steps { get; set; }
}
