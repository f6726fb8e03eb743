using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Output;

/// <summary>The mean of a trial's repeats with its standard error, as it stands behind the value.</summary>
internal static class ConfirmedText
{
    /// <summary><c> ± 0.0012 (mean of 9 runs)</c>; nothing where it was not confirmed.</summary>
    public static string Suffix(Trial trial) => trial.Confirmed is not { } confirmed ? ""
        : $"{(confirmed.StandardError is { } error ? $" ± {Figures.Brief(error, 2)}" : "")} (mean of " +
            $"{Figures.Count(confirmed.Values.Length, "run")})";
}
