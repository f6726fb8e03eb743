namespace HyperSearch.Training.Optimizers;

/// <summary>The hyperparameters of updates. Symbols: β momentum, β₁ and β₂ of Adam, ρ rms_decay, ε adam_epsilon.</summary>
internal sealed record OptimizerSettings
{
    public OptimizerKind Kind { get; init; } = OptimizerKind.Adam;

    public double Momentum { get; init; } = 0.9;

    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public double RmsDecay { get; init; } = 0.9;

    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ/m of ½(λ/m)·‖W‖².</summary>
    public double L2 { get; init; }

    /// <summary>λ/m of (λ/m)·‖W‖₁.</summary>
    public double L1 { get; init; }

    /// <summary>AdamW's decay: w ← w − α·decay·w.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Largest norm of all gradients together; 0 for none.</summary>
    public double ClipNorm { get; init; }
}
