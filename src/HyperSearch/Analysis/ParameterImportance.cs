namespace HyperSearch.Analysis;

/// <summary>How much one hyperparameter matters, three ways. All figures are shares in [0, 1]; the errors are one standard deviation over resampled trials.</summary>
/// <param name="Name">The hyperparameter.</param>
/// <param name="Share">Functional ANOVA: the share of the metric's variance over the whole space that this hyperparameter explains alone.</param>
/// <param name="ShareError">Its uncertainty.</param>
/// <param name="GoodShare">PED-ANOVA: how much it distinguishes the best tenth from all trials; these shares add up to 1.</param>
/// <param name="GoodShareError">Its uncertainty.</param>
/// <param name="TopShare">PED-ANOVA within the better half: what to turn once the gross mistakes are avoided; these shares add up to 1.</param>
/// <param name="TopShareError">Its uncertainty.</param>
public sealed record ParameterImportance(string Name, double Share, double ShareError, double GoodShare, double GoodShareError, double TopShare, double TopShareError);
