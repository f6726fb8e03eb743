namespace HyperSearch.Training.Data;

/// <summary>Standardizes regression targets: y′ = (y − Mean)/Deviation, with the training set's mean and population deviation.</summary>
/// <param name="Mean">Training mean μ, in the target's unit.</param>
/// <param name="Deviation">Training deviation σ &gt; 0, in the target's unit.</param>
public sealed record TargetScale(double Mean, double Deviation)
{
    /// <summary>A target as the network sees it, dimensionless.</summary>
    /// <param name="target">Target in its own unit.</param>
    public float Standardize(double target) => (float)((target - Mean) / Deviation);

    /// <summary>A network's output in the target's own unit.</summary>
    /// <param name="output">Standardized output.</param>
    public double Restore(double output) => Mean + (Deviation * output);
}
