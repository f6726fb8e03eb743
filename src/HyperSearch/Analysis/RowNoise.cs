using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>How far a metric that was measured on some rows may lie from what all rows of that kind would give.</summary>
/// <remarks>
/// A share of rows that are wrong is binomial; its intervals are Wilson's, and intervals of differences Newcombe's hybrid score intervals,
/// so that they hold at 0 and 1 too. For rmse, mae and 1 − R² the logarithm has the standard error c/√rows, with c of normal residuals:
/// 1/√2, √(π/2 − 1) and √2. On the same rows two networks make similar mistakes, which narrows a difference; leaving that out is the
/// cautious side, and makes up for residuals with heavier tails. Sources: Wilson, JASA 22 (1927); Newcombe, Interval estimation for the
/// difference between independent proportions, Statistics in Medicine 17 (1998), method 10.
/// </remarks>
/// <param name="IsShare">Whether it is a share of rows.</param>
/// <param name="IsComplement">Whether 1 − value is the error: an accuracy, an R².</param>
/// <param name="LogError">c, where it is no share.</param>
internal sealed record RowNoise(bool IsShare, bool IsComplement, double LogError)
{
    /// <summary>The standard normal quantile of a two-sided 95 % interval.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>That of a metric; <c>null</c> where its name does not tell, such as a mean loss, whose spread over rows is not
    /// known.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="beside">The names of the metrics measured beside it: with an rmse among them, an error is 1 − R².</param>
    public static RowNoise? Of(string metric, IEnumerable<string> beside)
    {
        var isRegression = beside.Any(name => IsOf(name, "rmse") || IsOf(name, "r2"));
        if (IsOf(metric, "rmse"))
            return new(false, false, Math.Sqrt(0.5));
        if (IsOf(metric, "mse") || (isRegression && IsOf(metric, "error")))
            return new(false, false, Math.Sqrt(2));
        if (IsOf(metric, "mae"))
            return new(false, false, Math.Sqrt(Math.PI / 2 - 1));
        if (IsOf(metric, "r2"))
            return new(false, true, Math.Sqrt(2));
        return Metrics.IsShare(metric) && !metric.Contains("balanced", StringComparison.OrdinalIgnoreCase)
            ? new(true, IsOf(metric, "accuracy"), 0)
            : null;
    }

    /// <summary>That of a campaign's metric; <c>null</c> where it or the number of dev rows is not known.</summary>
    public static RowNoise? Of(CampaignSnapshot snapshot) =>
        snapshot.DevRows > 0
            ? Of(snapshot.Search.Metric, snapshot.Trials.FirstOrDefault(trial => trial.Succeeded)?.Metrics.Keys ?? [])
            : null;

    /// <summary>Whether two values lie further apart than chance explains.</summary>
    /// <param name="first">One value.</param>
    /// <param name="firstRows">Rows it was measured on.</param>
    /// <param name="second">The other.</param>
    /// <param name="secondRows">Its rows.</param>
    /// <param name="z">How many standard errors count as chance.</param>
    public bool Tells(double first, int firstRows, double second, int secondRows, double z)
    {
        var (low, high) = (Math.Min(ErrorOf(first), ErrorOf(second)), Math.Max(ErrorOf(first), ErrorOf(second)));
        var (lowRows, highRows) = ErrorOf(first) <= ErrorOf(second) ? (firstRows, secondRows) : (secondRows, firstRows);
        if (!IsShare)
            return low > 0 && Math.Log(high / low) > z * LogError * Math.Sqrt(1.0 / lowRows + 1.0 / highRows);
        if (!(low >= 0 && high <= 1))
            return false;
        var (_, most) = Wilson(low, lowRows, z);
        var (least, _) = Wilson(high, highRows, z);
        return high - low > Math.Sqrt((high - least) * (high - least) + (most - low) * (most - low));
    }

    /// <summary>The standard error of a value, from half the width of its 95 % interval: not 0 where no row is wrong.</summary>
    public double StandardError(double value, int rows)
    {
        if (!IsShare)
            return Math.Abs(ErrorOf(value)) * LogError / Math.Sqrt(rows);
        if (value is not (>= 0 and <= 1))
            return double.NaN;
        var (low, high) = Wilson(value, rows, Z95);
        return (high - low) / (2 * Z95);
    }

    /// <summary>The quantile that one of several comparisons exceeds by chance in 5 % of all cases at most (Bonferroni,
    /// one-sided).</summary>
    /// <param name="comparisons">How many, at least 1.</param>
    public static double Quantile(int comparisons)
    {
        var (low, high) = (0.0, 8.0);
        for (var step = 0; step < 50; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = StandardNormal.Below(-middle) > 0.05 / comparisons ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>Wilson's score interval of a share.</summary>
    /// <param name="share">p, in [0, 1].</param>
    /// <param name="rows">n; a fraction where rows count for less than one each.</param>
    /// <param name="z">Its half width, in standard errors.</param>
    public static (double Low, double High) Wilson(double share, double rows, double z)
    {
        var centre = (share + z * z / (2 * rows)) / (1 + z * z / rows);
        var half = z / (1 + z * z / rows) * Math.Sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows));
        return (share == 0 ? 0 : Math.Max(0, centre - half), share == 1 ? 1 : Math.Min(1, centre + half));
    }

    private double ErrorOf(double value) => IsComplement ? 1 - value : value;

    private static bool IsOf(string name, string metric) =>
        name.EndsWith(metric, StringComparison.OrdinalIgnoreCase)
            && (name.Length == metric.Length || name[^(metric.Length + 1)] is '_' or '-' or '.' or ' ');
}
