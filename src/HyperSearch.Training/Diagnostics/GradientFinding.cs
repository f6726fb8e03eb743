namespace HyperSearch.Training.Diagnostics;

/// <summary>The result of a gradient check for one group of parameters.</summary>
/// <param name="Group">Such as hidden1.weights.</param>
/// <param name="Parameters">Parameters in the group.</param>
/// <param name="Checked">How many of them were looked at.</param>
/// <param name="RelativeDifference">‖numeric − analytic‖/(‖numeric‖ + ‖analytic‖); 0 when both are 0.</param>
public sealed record GradientFinding(string Group, int Parameters, int Checked, double RelativeDifference)
{
    /// <summary>The course's scale: to 10⁻⁷ great, to 10⁻³ worth another look, beyond it a worry (and so is NaN).</summary>
    public GradientAgreement Agreement => RelativeDifference switch
    {
        <= 1e-7 => GradientAgreement.Great,
        <= 1e-3 => GradientAgreement.LookAgain,
        _ => GradientAgreement.Worry,
    };
}

/// <summary>How well analytic and numeric gradients agree.</summary>
public enum GradientAgreement
{
    /// <summary>Relative difference at most 10⁻⁷.</summary>
    Great,

    /// <summary>
    /// Above 10⁻⁷, at most 10⁻³: the course looks again from about 10⁻⁵ on; a kink of relu between two points can do this.
    /// </summary>
    LookAgain,

    /// <summary>Above 10⁻³, or not a number: the gradient is wrong.</summary>
    Worry,
}
