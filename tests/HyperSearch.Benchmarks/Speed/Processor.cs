using System.Globalization;
using System.Runtime.Intrinsics;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>The processor that figures are of: a share or a ratio means little without it.</summary>
internal static class Processor
{
    /// <summary>Its name, what it works on at once, and the most that one core can do now.</summary>
    public static string Describe()
    {
        var peak = Stopclock.Rate(static () => FmaPeak.Run(), FmaPeak.Flops, 0.25);
        var lanes = Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "128-bit vectors";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Name()}, {Environment.ProcessorCount} processors, {lanes}; FMA peak of a core {peak / 1e9:f0} GFLOP/s.");
    }

    /// <summary>Virtual machines shorten the name to its brand, so family and model stand beside it.</summary>
    private static string Name()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "an unnamed processor";
        var facts = File.ReadLines("/proc/cpuinfo").TakeWhile(static line => line.Length > 0)
            .Select(static line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Where(static pair => pair.Length == 2)
            .DistinctBy(static pair => pair[0]).ToDictionary(static pair => pair[0], static pair => pair[1]);
        return facts.TryGetValue("model name", out var name)
            ? $"{name} (family {facts.GetValueOrDefault("cpu family", "?")}, model {facts.GetValueOrDefault("model", "?")})"
            : "an unnamed processor";
    }
}
