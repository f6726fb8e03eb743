namespace HyperSearch.Training.Diagnostics;

/// <summary>What a gradient check found for one group of parameters.</summary>
/// <param name="Group">Such as hidden1.weights.</param>
/// <param name="Parameters">Parameters in the group.</param>
/// <param name="Checked">How many of them were looked at.</param>
/// <param name="RelativeDifference">‖numeric − analytic‖/(‖numeric‖ + ‖analytic‖); 0 when both are 0.</param>
public sealed record GradientFinding(string Group, int Parameters, int Checked, double RelativeDifference)
{
    /// <summary>The course's scale: to 10⁻⁷ great, to 10⁻³ worth another look, beyond it a worry (and so is NaN).</summary>
    public GradientVerdict Verdict => RelativeDifference switch
    {
        <= 1e-7 => GradientVerdict.Great,
        <= 1e-3 => GradientVerdict.LookAgain,
        _ => GradientVerdict.Worry,
    };
}
