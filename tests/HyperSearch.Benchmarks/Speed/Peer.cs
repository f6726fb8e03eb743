using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>Another framework on the same workloads: a Python process that trains for a slice of time whenever asked, so that it can take
/// turns with our trainer.</summary>
internal sealed class Peer : IDisposable
{
    private const string Wanted =
        "on Debian, apt-get install python3-torch python3-sklearn libopenblas0-pthread; or name another by --python PATH";
    private static readonly string[] Known = ["torch", "sklearn", "numpy"];
    private readonly Process _process;

    private Peer(Process process, string name) => (_process, Name) = (process, name);

    /// <summary>Framework, version, and the BLAS under it.</summary>
    public string Name { get; }

    /// <summary>Those that this Python has; says which it lacks.</summary>
    public static IReadOnlyList<Peer> StartAll(string python)
    {
        var peers = new List<Peer>();
        foreach (var name in Known)
        {
            if (Start(python, name, out var problem) is { } peer)
                peers.Add(peer);
            else
                Console.WriteLine($"{name} is left out ({problem}): {Wanted}.");
        }
        return peers;
    }

    /// <summary>Samples per second of its CPU time over so many seconds; null where it cannot express the workload.</summary>
    public double? Rate(Workload workload, double seconds)
    {
        var request = new JsonObject
        {
            ["sizes"] = JsonSerializer.SerializeToNode(workload.Sizes),
            ["batch"] = workload.Batch,
            ["regularized"] = workload.Regularized,
            ["seconds"] = seconds,
        };
        _process.StandardInput.WriteLine(request.ToJsonString());
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name} has ended: {Complaint(_process)}");
        return (double?)JsonNode.Parse(answer)!["rate"];
    }

    public void Dispose()
    {
        _process.StandardInput.Close(); // which ends it
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Peer? Start(string python, string name, out string problem)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "Speed", "peers.py"), name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("OPENBLAS_CORETYPE"); // set on some machines, where they choose a slower kernel than OpenBLAS itself would
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        try
        {
            var process = Process.Start(start)!;
            var hello = process.StandardOutput.ReadLine();
            problem = hello is null ? Complaint(process) : "";
            return hello is null ? null : new Peer(process, (string)JsonNode.Parse(hello)!["name"]!);
        }
        catch (Win32Exception exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static string Complaint(Process process) => process.StandardError.ReadToEnd().TrimEnd().Split('\n')[^1];
}
