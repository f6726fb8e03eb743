namespace HyperSearch.Benchmarks.Speed;

/// <summary>A network to train: relu, softmax cross-entropy, Adam at 0.001; the peers' scripts know it by the same name.</summary>
/// <param name="Name">W1 to W7.</param>
/// <param name="Sizes">Inputs, hidden layers, outputs.</param>
/// <param name="Batch">Rows of a mini-batch.</param>
/// <param name="Regularized">With batch norm, and dropout that keeps 0.8.</param>
/// <param name="Must">Least share of the FMA peak.</param>
/// <param name="Aim">Share to aim at.</param>
/// <param name="OverTorch">Least ratio to PyTorch eager.</param>
internal sealed record Workload(string Name, int[] Sizes, int Batch, bool Regularized, double Must, double Aim, double OverTorch)
{
    public const int Rows = 4096;

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", [64, 32, 10], 32, false, 0.55, 0.70, 45),
        new("W2", [64, 128, 64, 10], 64, false, 0.72, 0.85, 7),
        new("W3", [784, 128, 64, 10], 64, false, 0.78, 0.88, 2.8),
        new("W4", [784, 512, 256, 10], 128, false, 0.78, 0.88, 1.6),
        new("W5", [784, 1024, 1024, 1024, 10], 256, false, 0.78, 0.88, 1.12),
        new("W6", [784, 512, 256, 10], 128, true, 0.73, 0.85, 1.9),
        new("W7", [20, 64, 64, 2], 256, false, 0.72, 0.85, 5.5),
    ];

    /// <summary>Flops a sample needs: 6 per weight, less 2 for the first layer's input gradient.</summary>
    public double FlopsPerSample
    {
        get
        {
            double weights = 0;
            for (var i = 1; i < Sizes.Length; i++)
                weights += (double)Sizes[i - 1] * Sizes[i];
            return 6 * weights - 2.0 * Sizes[0] * Sizes[1];
        }
    }

    public string Title => $"{string.Join('-', Sizes)} b{Batch}{(Regularized ? " bn+dropout" : "")}";
}
