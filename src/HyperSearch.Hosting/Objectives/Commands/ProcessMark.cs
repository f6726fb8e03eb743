using System.Globalization;
using System.Text;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>A mark in a process's environment that each of its child processes inherits, so that runaways are found anywhere.</summary>
internal static class ProcessMark
{
    /// <summary>The variable that carries the mark.</summary>
    public const string Variable = "HYPERSEARCH_PROCESS";

    private static long _count;

    /// <summary>Adds a mark of its own to a process that is to be started.</summary>
    public static (ChildStart Marked, string Mark) Put(ChildStart start)
    {
        // The dot ends it, so that no mark is the beginning of another.
        var mark = string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessId}-{Environment.TickCount64}-{Interlocked.Increment(ref _count)}.");
        return (start with { Environment = new Dictionary<string, string>(start.Environment) { [Variable] = mark } }, mark);
    }

    /// <summary>Kills every process that carries a mark. One that forks while we look is found in the next round.</summary>
    public static void KillAll(string mark)
    {
        var wanted = Encoding.UTF8.GetBytes($"{Variable}={mark}\0");
        for (var round = 0; round < 5; round++)
        {
            var found = false;
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    && Carries(folder, wanted))
                    found |= Libc.Kill(id, Libc.SigKill) == 0;
            }

            if (!found)
                return;
        }
    }

    private static bool Carries(string folder, byte[] wanted)
    {
        try
        {
            // A zombie's environment is empty, so a process that is dead already is not found again.
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(wanted) >= 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false; // it has just ended, or it is somebody else's and so not ours
        }
    }
}
