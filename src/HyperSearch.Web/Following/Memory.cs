using System.Runtime.InteropServices;

namespace HyperSearch.Web.Following;

/// <summary>A reader beside a campaign leaves the memory to it: what a large reading needed for a moment goes back to the system.</summary>
internal static partial class Memory
{
    /// <summary>A server that takes less is small enough.</summary>
    private const long Small = 16 << 20;

    /// <summary>So much garbage is worth a tenth of a second.</summary>
    private const long Much = 8 << 20;

    private const int MmapThreshold = -3, LargeBlock = 128 << 10; // M_MMAP_THRESHOLD of malloc.h

    private static long _kept;
    private static int _collecting;

    /// <summary>Makes large blocks outside of the collector's heap, such as the pixels of a picture, go back as soon as they are free.
    /// Once glibc has seen some it else keeps the next ones, for each thread; other C libraries do not.</summary>
    public static void KeepNoBlocks()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = MallOpt(MmapThreshold, LargeBlock);
        }
        catch (Exception other) when (other is DllNotFoundException or EntryPointNotFoundException)
        {
            // no glibc
        }
    }

    /// <summary>Gives back what nobody needs any more, where that is much.</summary>
    public static void GiveBack()
    {
        var taken = Taken;
        if (taken < Small || taken - Volatile.Read(ref _kept) < Much || Interlocked.Exchange(ref _collecting, 1) == 1)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Volatile.Write(ref _kept, Taken);
        Volatile.Write(ref _collecting, 0);
    }

    /// <summary>What there is, or what the collector keeps for what may come, whichever is more.</summary>
    private static long Taken => Math.Max(
        GC.GetTotalMemory(forceFullCollection: false), GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallOpt(int parameter, int value);
}
