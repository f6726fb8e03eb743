using System.Runtime.InteropServices;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>CPU time of the calling thread, so that neighbours on the machine do not count.</summary>
internal static partial class Stopclock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Seconds of CPU this thread has used.</summary>
    public static double Seconds
    {
        get
        {
            if (!OperatingSystem.IsLinux() || Read(ThreadCpuTime, out var time) != 0)
                return Environment.CpuUsage.TotalTime.TotalSeconds;
            return time.Seconds + time.Nanoseconds * 1e-9;
        }
    }

    /// <summary>Units per second: the median over slices of about 8 ms, each of as many calls as fill it.</summary>
    public static double Rate(Action call, double unitsPerCall, double seconds)
    {
        var calls = 1;
        while (true)
        {
            var start = Seconds;
            for (var i = 0; i < calls; i++)
                call();
            if (Seconds - start > 0.008)
                break;
            calls *= 2;
        }
        var rates = new List<double>();
        for (var end = Seconds + seconds; Seconds < end || rates.Count < 5;)
        {
            var start = Seconds;
            for (var i = 0; i < calls; i++)
                call();
            rates.Add(calls * unitsPerCall / (Seconds - start));
        }
        return Median(rates);
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
