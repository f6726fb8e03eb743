namespace HyperSearch.Web.Following;

/// <summary>A reader beside a campaign leaves the memory to it: what a large reading needed for a moment goes back to the system.</summary>
internal static class Memory
{
    /// <summary>A server that takes less is small enough.</summary>
    private const long Small = 16 << 20;

    /// <summary>So much garbage is worth a tenth of a second.</summary>
    private const long Much = 16 << 20;

    private static long _kept;
    private static int _collecting;

    /// <summary>Gives back what nobody needs any more, where that is much.</summary>
    public static void GiveBack()
    {
        var taken = GC.GetTotalMemory(forceFullCollection: false);
        if (taken < Small || taken - Volatile.Read(ref _kept) < Much || Interlocked.Exchange(ref _collecting, 1) == 1)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Volatile.Write(ref _kept, GC.GetTotalMemory(forceFullCollection: false));
        Volatile.Write(ref _collecting, 0);
    }
}
