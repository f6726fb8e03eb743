using System.Collections.Immutable;

namespace HyperSearch.Analysis;

/// <summary>Which hyperparameters matter.</summary>
public sealed record ImportanceReport
{
    /// <summary>Each searched hyperparameter, the most important over the whole space first; empty when there are too few trials.</summary>
    public ImmutableArray<ParameterImportance> Parameters { get; init; } = [];

    /// <summary>Pairs, the strongest interaction first; of spaces with more than ten hyperparameters only those among the ten most
    /// important.</summary>
    public ImmutableArray<PairImportance> Pairs { get; init; } = [];

    /// <summary>How many trials it rests on.</summary>
    public int Trials { get; init; }

    /// <summary>How many of the trials share the best value, the best included.</summary>
    public int Tied { get; init; }

    /// <summary>Whether the best tenth can be told from the others. <c>false</c> where more than half of the trials share the best value;
    /// the PED-ANOVA shares are then 0 and mean nothing.</summary>
    public bool TellsTheBest { get; init; } = true;

    /// <summary>Says how many trials share the best value; <c>null</c> when only one has it.</summary>
    public string? TieSentence => Tied <= 1 ? null
        : $"{Tied} of {Trials} trials share the best value"
            + (TellsTheBest ? ", and count as equals." : ", so nothing tells the best trials from good ones.");

    /// <summary>Why it is empty; else <c>null</c>.</summary>
    public string? TooFew { get; init; }
}

/// <summary>How much one hyperparameter matters, three ways. All figures are shares in [0, 1]; the errors are one standard deviation over
/// resampled trials.</summary>
/// <param name="Name">The hyperparameter.</param>
/// <param name="Share">Functional ANOVA: the share of the metric's variance over the whole space that this hyperparameter explains
/// alone.</param>
/// <param name="ShareError">Its uncertainty.</param>
/// <param name="GoodShare">PED-ANOVA: how much it distinguishes the best tenth from all trials; these shares add up to 1.</param>
/// <param name="GoodShareError">Its uncertainty.</param>
/// <param name="TopShare">PED-ANOVA within the better half: what to turn once the gross mistakes are avoided; these shares add up to
/// 1.</param>
/// <param name="TopShareError">Its uncertainty.</param>
public sealed record ParameterImportance(string Name, double Share, double ShareError, double GoodShare, double GoodShareError,
    double TopShare, double TopShareError);

/// <summary>How much two hyperparameters matter together beyond what each does alone.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
/// <param name="Share">Functional ANOVA: the share of the metric's variance that only their interaction explains.</param>
/// <param name="ShareError">One standard deviation over resampled trials.</param>
public sealed record PairImportance(string First, string Second, double Share, double ShareError);
