using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>Other frameworks on the same workloads, each a script that takes a workload and seconds and prints one line of JSON.</summary>
internal sealed class Peers(string? folder)
{
    private static readonly (string Name, string Script)[] Known = [("torch", "torch_eager.py"), ("sklearn", "sklearn_mlp.py"), ("numpy", "numpy_mlp.py")];
    private readonly HashSet<string> _absent = [];

    /// <summary>Samples per second of each peer that is installed, by name.</summary>
    public IEnumerable<(string Name, double Rate)> Run(Workload workload)
    {
        foreach (var (name, script) in folder is null ? [] : Known)
        {
            if (!_absent.Contains(name) && Rate(name, Path.Combine(folder!, script), workload) is { } rate)
                yield return (name, rate);
        }
    }

    private double? Rate(string name, string script, Workload workload)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { script, workload.Name, "2" })
            start.ArgumentList.Add(argument);
        using var peer = Process.Start(start)!;
        var errors = peer.StandardError.ReadToEndAsync();
        var lines = peer.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        peer.WaitForExit();
        if (peer.ExitCode != 0)
        {
            _absent.Add(name);
            Console.WriteLine($"{name} is left out: {script} ended with {peer.ExitCode.ToString(CultureInfo.InvariantCulture)}: {errors.Result.TrimEnd().Split('\n')[^1]}");
            return null;
        }
        return lines.Length == 0 ? null : JsonDocument.Parse(lines[^1]).RootElement.GetProperty("samples_s").GetDouble();
    }
}
