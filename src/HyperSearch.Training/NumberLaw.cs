using System.Globalization;

namespace HyperSearch.Training;

/// <summary>A condition that a number must satisfy, said in words.</summary>
/// <param name="Holds">The test; false for NaN.</param>
/// <param name="Words">The law after "must be".</param>
internal sealed record NumberLaw(Func<double, bool> Holds, string Words)
{
    public static NumberLaw Positive { get; } = new(x => x > 0 && double.IsFinite(x), "a positive number");

    public static NumberLaw NotNegative { get; } = new(x => x >= 0 && double.IsFinite(x), "0 or a positive number");

    public static NumberLaw BelowOne { get; } = new(x => x is >= 0 and < 1, "at least 0 and below 1");

    public static NumberLaw Probability { get; } = new(x => x is > 0 and <= 1, "above 0 and at most 1 (1 keeps everything)");

    public static NumberLaw Epsilon { get; } = new(x => x is >= 1e-30 and < 1, "at least 1e-30 and below 1 (it keeps a division from 0/0)");

    public static NumberLaw Degrees { get; } = new(x => x is >= 0 and <= 180, "from 0 to 180 degrees");

    /// <summary>A whole number between two, ends included.</summary>
    /// <param name="low">The least.</param>
    /// <param name="high">The most.</param>
    /// <param name="otherwise">The end of the message, such as " or auto".</param>
    public static NumberLaw Whole(int low, int high, string otherwise = "") => new(
        x => x >= low && x <= high && x == Math.Floor(x), FormattableString.Invariant($"a whole number from {low} to {high}{otherwise}"));

    /// <summary>The number, when it satisfies the law.</summary>
    /// <param name="name">The hyperparameter, for the message.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="HyperparameterException">It does not.</exception>
    public double Check(string name, double number) => Holds(number)
        ? number
        : throw new HyperparameterException(string.Create(CultureInfo.InvariantCulture, $"{name} is {number}; it must be {Words}."));
}
