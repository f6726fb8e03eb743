namespace HyperSearch.Cli.Invocation;

/// <summary>The processor time that looks at running campaigns may take: it is saved up as time passes, and shared by all processes of a
/// user.</summary>
/// <param name="path">Where it is kept: the time of writing of an empty file is the moment at which all that was taken will be saved up
/// again.</param>
/// <param name="processors">How many processors the machine has.</param>
internal sealed class PollingBudget(string path, int processors)
{
    /// <summary>The share of the processors that is saved up each second.</summary>
    public const double Share = 1.0 / 40;

    /// <summary>For how long savings grow.</summary>
    public static readonly TimeSpan Savings = TimeSpan.FromSeconds(48);

    /// <summary>Nobody waits longer than that, however many ask and whatever the clock does.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <summary>Takes processor time out, or gives some back.</summary>
    /// <param name="cost">Processor time; less than zero to give back.</param>
    /// <param name="now">The present moment, UTC.</param>
    /// <returns>How long to wait before using it: not at all while the savings suffice; <c>null</c> when another process takes some out at
    /// this very moment.</returns>
    public TimeSpan? Take(TimeSpan cost, DateTimeOffset now)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var debt = File.GetLastWriteTimeUtc(file) - now.UtcDateTime;
            debt = TimeSpan.FromTicks(Math.Clamp(debt.Ticks, 0, (Savings + LongestWait).Ticks));
            File.SetLastWriteTimeUtc(file, now.UtcDateTime + debt + (cost / Share / processors));
            return debt > Savings ? debt - Savings : TimeSpan.Zero;
        }
        catch (UnauthorizedAccessException)
        {
            return TimeSpan.Zero; // a folder that is not ours: it is a courtesy, no more
        }
        catch (IOException)
        {
            return null;
        }
    }
}
