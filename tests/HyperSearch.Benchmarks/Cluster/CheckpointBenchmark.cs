using System.Diagnostics;
using System.Globalization;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Security;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace HyperSearch.Benchmarks.Cluster;

/// <summary>
/// A checkpoint of 1 GiB between two processes, to the host and back, plain and by TLS in turn: the whole way from files that are listed
/// to files that are verified and in place.
/// </summary>
internal static class CheckpointBenchmark
{
    private const int Trial = 7;

    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        var (rounds, mebibytes) = (options.Number("rounds", 3), options.Number("mebibytes", 1024));
        Console.WriteLine($"A checkpoint of {mebibytes} MiB, {Environment.ProcessorCount} cores for both processes, in turn.");
        Console.WriteLine("                    MB/s  CPU s of worker  of host");
        for (var round = 0; round < rounds; round++)
        {
            if (options.Get("only", "plain") == "plain")
                Measure(null, mebibytes);
            if (options.Get("only", "TLS") == "TLS")
                Measure(ClusterSecret.New(), mebibytes);
        }

        return 0;
    }

    /// <summary>The worker's process: says each figure in a line, so that the host can say its own part.</summary>
    public static int Work(string[] arguments)
    {
        var (address, folder) = (HostAddress.Parse(arguments[0]), arguments[1]);
        var secret = ClusterSecret.FromFileOrEnvironment(null, Environment.GetEnvironmentVariable);
        var builder = ClusterBenchmark.Quiet();
        builder.UseOrleansClient(client => client.ConnectTo(address, secret));
        using var host = builder.Build();
        host.Start();
        var grains = host.Services.GetRequiredService<IClusterClient>();
        var files = new HostFiles(grains.GetGrain<IFilesGrain>("campaign"), TimeProvider.System);
        var (there, back) = (Path.Combine(folder, "there"), Path.Combine(folder, "back"));
        var mebibytes = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        Write(Path.Combine(there, "trainer.bin"), mebibytes);
        Touch(folder, mebibytes);
        Tell("to the host", () => files.UploadAsync(1, 11, new OutgoingCheckpoint(there), CancellationToken.None));
        Touch(folder, mebibytes);
        Tell("back", () => files.DownloadAsync(Trial, 0, back, CancellationToken.None));
        return 0;
    }

    /// <summary>
    /// Has free memory touched. A virtual machine that gives free pages back to its host gets each anew, at up to two seconds of CPU time a
    /// gibibyte, which is nothing that a transfer could do about.
    /// </summary>
    private static void Touch(string folder, int mebibytes)
    {
        var path = Path.Combine(folder, "touched");
        Write(path, 2 * mebibytes);
        File.Delete(path);
    }

    private static void Tell(string what, Func<Task> transfer)
    {
        Console.WriteLine("begin");
        var (began, before) = (Stopwatch.GetTimestamp(), Cpu());
        transfer().GetAwaiter().GetResult();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what},{Stopwatch.GetElapsedTime(began).TotalSeconds},{Cpu() - before}"));
    }

    private static void Measure(ClusterSecret? secret, int mebibytes)
    {
        var folder = Directory.CreateTempSubdirectory("hypersearch-transfer-").FullName;
        var address = new HostAddress("127.0.0.1", ClusterBenchmark.FreePort());
        var builder = ClusterBenchmark.Quiet();
        var files = new SessionFiles();
        var campaign = Directory.CreateDirectory(Path.Combine(folder, "host")).FullName;
        files.Open(new FilesDoor(null!, new CheckpointDoor(new CampaignFolder(campaign), (job, _, act) =>
        {
            act(new Job(job, Trial, new Point([]), new Origin(OriginKind.Global), 0, 1, null, 1));
            return JobStanding.Open;
        }), null!));
        builder.Services.AddSingleton(files);
        builder.UseOrleans(silo => silo.ListenAt(address, secret));
        using (var host = builder.Build())
        {
            host.Start();
            using var worker = Start(address, Path.Combine(folder, "worker"), secret, mebibytes);
            var before = 0.0;
            while (worker.StandardOutput.ReadLine() is { } line)
            {
                if (line.Split(',') is [var what, var seconds, var cpu])
                {
                    var rate = mebibytes * 1.048576 / double.Parse(seconds, CultureInfo.InvariantCulture);
                    var cpuOfWorker = double.Parse(cpu, CultureInfo.InvariantCulture);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(secret is null ? "plain" : "TLS"),-5} {what,-11}  {rate,5:F0}  {cpuOfWorker,15:F2}  {Cpu() - before,7:F2}"));
                }

                before = Cpu();
            }

            worker.WaitForExit();
            host.StopAsync().GetAwaiter().GetResult();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Process Start(HostAddress address, string folder, ClusterSecret? secret, int mebibytes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        string[] words = ["cluster-checkpoint-worker", address.ToString(), folder, $"{mebibytes}"];
        foreach (var word in words)
            start.ArgumentList.Add(word);
        start.Environment[ClusterSecret.Variable] = secret?.Reveal() ?? "";
        return Process.Start(start)!;
    }

    private static void Write(string path, int mebibytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        var bytes = new byte[1 << 20];
        for (var i = 0; i < mebibytes; i++)
        {
            bytes.AsSpan().Fill((byte)i);
            file.Write(bytes);
        }
    }

    private static double Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }
}
