namespace HyperSearch.Analysis;

/// <summary>Two groups of campaigns against each other.</summary>
/// <param name="First">The group with the better median.</param>
/// <param name="Second">The other.</param>
/// <param name="WinShare">How often a campaign of the first beats one of the second, ties counting half; in [0, 1].</param>
/// <param name="PValue">Of the two-sided Mann–Whitney rank test that neither tends to be better; <c>null</c> when a group has a single campaign, for then nothing can be tested.</param>
public sealed record ComparedPair(string First, string Second, double WinShare, double? PValue)
{
    internal static ComparedPair Of(ComparedGroup first, ComparedGroup second, bool maximize)
    {
        var sign = maximize ? -1 : 1;
        double[] a = [.. first.Best.Where(double.IsFinite).Select(value => sign * value)];
        double[] b = [.. second.Best.Where(double.IsFinite).Select(value => sign * value)];
        if (a.Length == 0 || b.Length == 0)
            return new ComparedPair(first.Name, second.Name, double.NaN, null);
        var wins = RankTest.Wins(a, b);
        return new ComparedPair(first.Name, second.Name, wins / (a.Length * (double)b.Length), a.Length > 1 && b.Length > 1 ? RankTest.PValue(a, b) : null);
    }
}
