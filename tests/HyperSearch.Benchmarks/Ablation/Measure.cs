namespace HyperSearch.Benchmarks.Ablation;

/// <summary>What a comparison looks at after the last epoch; lower is better.</summary>
internal enum Measure
{
    /// <summary>Cost on the training rows: how fast it learns.</summary>
    TrainCost,

    /// <summary>Share of held-out digits misread: how well it generalizes.</summary>
    DevError,
}
