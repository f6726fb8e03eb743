using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>Compares two trials on the same dev rows, row by row.</summary>
/// <remarks>
/// Rows that both get right, or both get wrong, say nothing of which is better, so that similar networks are told apart by far fewer rows
/// than two independent shares would need. Shares: McNemar's exact test on the rows that only one of them gets wrong. Losses: Student's
/// test of the mean difference, its quantile by Wallace's approximation. Both one-sided, because the values say which would be better.
/// Sources: McNemar, Psychometrika 12 (1947); Wallace, Annals of Mathematical Statistics 30 (1959).
/// </remarks>
internal static class PairedRows
{
    /// <summary>Whether two trials have the same rows, measured alike.</summary>
    public static bool CanCompare(Trial first, Trial second) => first.RowErrors is { } one && second.RowErrors is { } other
        && one.Rows == other.Rows && one.IsShare == other.IsShare;

    /// <summary>How probable it is that the better one is ahead by at least so much, if it were no better.</summary>
    /// <param name="better">The trial of the better value.</param>
    /// <param name="worse">The other; see <see cref="CanCompare"/>.</param>
    /// <returns>A probability; 1 where no row differs.</returns>
    public static double Chance(RowErrors better, RowErrors worse) => better.IsShare ? McNemar(better, worse) : Student(better, worse);

    /// <summary>P(X ≤ k) for X binomial with n draws of ½.</summary>
    /// <param name="k">At least 0.</param>
    /// <param name="n">At least k.</param>
    internal static double HalvesUpTo(int k, int n)
    {
        double sum = 0, logOfTerm = -n * Math.Log(2);
        for (var i = 0; i <= k; i++)
        {
            sum += PortableMath.Exp(logOfTerm);
            logOfTerm += PortableMath.Log((n - i) / (i + 1.0));
        }

        return Math.Min(1, sum);
    }

    private static double McNemar(RowErrors better, RowErrors worse)
    {
        int onlyBetter = 0, onlyWorse = 0;
        for (var i = 0; i < better.Bytes.Length; i++)
        {
            onlyBetter += int.PopCount(better.Bytes[i] & ~worse.Bytes[i]);
            onlyWorse += int.PopCount(worse.Bytes[i] & ~better.Bytes[i]);
        }

        return HalvesUpTo(onlyBetter, onlyBetter + onlyWorse);
    }

    private static double Student(RowErrors better, RowErrors worse)
    {
        double mean = 0, squares = 0;
        for (var row = 0; row < better.Rows; row++)
        {
            var difference = worse[row] - better[row];
            var step = difference - mean;
            mean += step / (row + 1);
            squares += step * (difference - mean);
        }

        if (!(squares > 0) || better.Rows < 2)
            return 1;
        double freedom = better.Rows - 1, t = mean / Math.Sqrt(squares / freedom / better.Rows);
        var z = (8 * freedom + 1) / (8 * freedom + 3) * Math.Sqrt(freedom * PortableMath.Log(1 + t * t / freedom));
        return t > 0 ? StandardNormal.Below(-z) : 1;
    }
}
