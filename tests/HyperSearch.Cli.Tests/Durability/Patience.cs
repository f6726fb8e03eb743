namespace HyperSearch.Cli.Tests.Durability;

/// <summary>Waiting for other processes.</summary>
internal static class Patience
{
    /// <summary>Waits until something holds. It looks every ten milliseconds, which leaves the processors to those that it waits
    /// for.</summary>
    /// <returns>Whether it came to hold in time.</returns>
    public static bool Until(Func<bool> holds, TimeSpan longest)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < longest; Thread.Sleep(10))
        {
            if (holds())
                return true;
        }

        return holds();
    }
}
