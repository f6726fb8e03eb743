namespace HyperSearch.Training.Optimizers;

/// <summary>How weights follow their gradients g, with learning rate α.</summary>
public enum OptimizerKind
{
    /// <summary>w ← w − α·g.</summary>
    GradientDescent,

    /// <summary>v ← β·v + (1 − β)·g; w ← w − α·v (the course's form).</summary>
    Momentum,

    /// <summary>v ← β·v + g; w ← w − α·v (the form of most libraries).</summary>
    MomentumClassic,

    /// <summary>v ← β·v + g; w ← w − α·(g + β·v).</summary>
    Nesterov,

    /// <summary>s ← ρ·s + (1 − ρ)·g²; w ← w − α·g/(√s + ε).</summary>
    RmsProp,

    /// <summary>Momentum and RMSprop together, both bias-corrected.</summary>
    Adam,

    /// <summary>Adam with weight decay apart from the gradient.</summary>
    AdamW,
}
