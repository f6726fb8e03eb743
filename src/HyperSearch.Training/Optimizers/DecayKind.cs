namespace HyperSearch.Training.Optimizers;

/// <summary>
/// How the learning rate α falls with the epoch e (from 0), from α₀ with rate d = decay_rate and period p = decay_epochs.
/// </summary>
public enum DecayKind
{
    /// <summary>α = α₀.</summary>
    None,

    /// <summary>α = α₀/(1 + d·e).</summary>
    InverseTime,

    /// <summary>α = α₀·d^(e/p).</summary>
    Exponential,

    /// <summary>α = α₀/√(1 + d·e).</summary>
    InverseSqrt,

    /// <summary>α = α₀·d^⌊e/p⌋.</summary>
    Staircase,

    /// <summary>α from decay_table: the value of the last epoch listed that has come.</summary>
    Table,

    /// <summary>α = α₀·½(1 + cos(π·e/epochs)).</summary>
    Cosine,
}
