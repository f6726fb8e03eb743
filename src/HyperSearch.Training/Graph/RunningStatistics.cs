namespace HyperSearch.Training.Graph;

/// <summary>
/// Batch norm's running averages of a layer's mean and variance, uncorrected, with the number of mini-batches that they hold.
/// </summary>
internal sealed unsafe class RunningStatistics(string name, int columns)
{
    public string Name { get; } = name;

    public int Columns { get; } = columns;

    public void* Mean { get; set; }

    public void* Variance { get; set; }

    public long Steps { get; set; }
}
