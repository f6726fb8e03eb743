namespace HyperSearch.Analysis;

/// <summary>How much two hyperparameters matter together beyond what each does alone.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
/// <param name="Share">Functional ANOVA: the share of the metric's variance that only their interaction explains.</param>
/// <param name="ShareError">One standard deviation over resampled trials.</param>
public sealed record PairImportance(string First, string Second, double Share, double ShareError);
