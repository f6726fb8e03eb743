namespace HyperSearch.Samplers;

/// <summary>
/// The editions of the laws by which samplers decide. A campaign keeps the edition that it began with, so that a later version of
/// HyperSearch continues it by the same decisions.
/// </summary>
public static class LawEdition
{
    /// <summary>
    /// The first edition, 1: that of campaigns that say nothing of it. <c>gp</c> has length scales around 0.6 and inputs as they are,
    /// leaves the first trials of many slots to <c>coarse_to_fine</c>, and believes that pending trials meet expectations.
    /// <c>coarse_to_fine</c> compares 6 candidates by a model of at most 32 trials; it is the default. <c>auto</c> never switches.
    /// </summary>
    public const int First = 1;

    /// <summary>
    /// The second edition, 2: <c>gp</c> knows of no trend, <c>auto</c> leaves several metrics and schedules that compare trials on several
    /// budgets to <c>coarse_to_fine</c>.
    /// </summary>
    public const int Second = 2;

    /// <summary>
    /// The third edition, 3: <c>gp</c> believes in the likeliest length scales alone, <c>multi_fidelity_gp</c> knows of no trend.
    /// </summary>
    public const int Third = 3;

    /// <summary>The fourth edition, 4: <c>gp</c> opens with Sobol points, however many parameters there are.</summary>
    public const int Fourth = 4;

    /// <summary>The newest edition, 5: that of campaigns that begin now.</summary>
    public const int Newest = 5;
}
