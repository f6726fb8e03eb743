namespace HyperSearch.Analysis;

/// <summary>A parameter whose range made no difference.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Share">Its share of the variance over the whole space, by functional ANOVA.</param>
/// <param name="Line">The line of the search file that fixes it at the winner's value.</param>
public sealed record IdleFinding(string Parameter, double Share, string Line);
