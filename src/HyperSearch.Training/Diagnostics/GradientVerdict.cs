namespace HyperSearch.Training.Diagnostics;

/// <summary>How well analytic and numeric gradients agree.</summary>
public enum GradientVerdict
{
    /// <summary>Relative difference at most 10⁻⁷.</summary>
    Great,

    /// <summary>Above 10⁻⁷, at most 10⁻³: the course looks again from about 10⁻⁵ on; a kink of relu between two points can do this.</summary>
    LookAgain,

    /// <summary>Above 10⁻³, or not a number: the gradient is wrong.</summary>
    Worry,
}
