using HyperSearch.Numerics;

namespace HyperSearch.Training.Data;

/// <summary>How many examples each part of a split gets.</summary>
/// <param name="Train">Training examples.</param>
/// <param name="Dev">Development examples.</param>
/// <param name="Test">Test examples.</param>
/// <remarks>
/// The development and the test set each take the share s(n) of n examples: 20 % up to 10,000; 1 % at 1,000,000, on a straight line between
/// the two on log-log scales, s(n) = 0.2·(n/10,000)^−0.6505 (log 20 / log 100); beyond, 10,000 examples each, whatever n: enough to tell
/// two networks apart by a tenth
/// of a percent. So 60/20/20 for thousands, 91/4.5/4.5 for a hundred thousand, 98/1/1 for a million.
/// Source: A. Ng, Improving Deep Neural Networks, week 1, "Train/Dev/Test sets".
/// </remarks>
public sealed record SplitSizes(int Train, int Dev, int Test)
{
    private const double SmallRows = 10_000;
    private const double LargeRows = 1_000_000;

    /// <summary>Share of the development set, and of the test set, for <paramref name="rows"/> examples: 0.2 to 0.</summary>
    /// <param name="rows">Number of examples in all.</param>
    public static double HeldOutShare(int rows) => rows switch
    {
        <= (int)SmallRows => 0.2,
        < (int)LargeRows => 0.2 * PortableMath.Pow(rows / SmallRows, -0.65051499783199063),
        _ => SmallRows / rows,
    };

    /// <summary>Number of examples in all.</summary>
    public int Rows => Train + Dev + Test;
}
