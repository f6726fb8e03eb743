using System.Diagnostics;
using System.Globalization;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>How fast the trainer is on one core, as a share of the core's FMA peak measured in the same run, beside its peers.</summary>
/// <remarks>Arguments: W1 … W7 to choose workloads; <c>--python PATH</c> for the Python that has the peers; <c>--steps</c> to list what
/// the parts of a step cost instead. Everything runs on one pinned core, a slice of each in turn.</remarks>
internal static class SpeedBenchmark
{
    private const double Slice = 0.25;
    private const int Rounds = 5;

    public static int Run(string[] arguments)
    {
        var names = arguments.Where(a => a.StartsWith('W')).ToHashSet();
        var chosen = Workload.All.Where(w => names.Count == 0 || names.Contains(w.Name)).ToList();
        var at = Array.IndexOf(arguments, "--python");
        FirstStep();
        if (names.Count == 0)
            TwoThreads.Run(Workload.All[1]);
        var processor = Processor.Describe();
        if (OperatingSystem.IsLinux())
            Process.GetCurrentProcess().ProcessorAffinity = 1 << (Environment.ProcessorCount - 1); // the peers inherit it
        Console.WriteLine(processor);
        if (arguments.Contains("--steps"))
        {
            chosen.ForEach(StepCosts.Print);
            return 0;
        }
        var peers = Peer.StartAll(at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : "/usr/bin/python3");
        Console.WriteLine("workload                              samples/s  of peak   must    aim    shuffled " +
            " of peak   memory  bytes/step");
        foreach (var workload in chosen)
            Measure(workload, peers);
        foreach (var peer in peers)
            peer.Dispose();
        return 0;
    }

    private static void Measure(Workload workload, IReadOnlyList<Peer> peers)
    {
        using var ours = new Contestant(workload);
        List<double> steps = [], epochs = [], peaks = [];
        // a first turn to warm up
        var theirs = peers.ToDictionary(peer => peer, peer => peer.Rate(workload, Slice) is null ? null : new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            peaks.Add(Stopclock.Rate(static () => FmaPeak.Run(), FmaPeak.Flops, 0.05));
            steps.Add(Stopclock.Rate(ours.Step, workload.Batch, Slice));
            epochs.Add(Stopclock.Rate(ours.Epoch, Workload.Rows, Slice));
            foreach (var (peer, rates) in theirs)
                rates?.Add(peer.Rate(workload, Slice)!.Value);
        }
        double peak = Stopclock.Median(peaks), step = Stopclock.Median(steps), epoch = Stopclock.Median(epochs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{workload.Name} {workload.Title,-30}{step,13:n0}{step * workload.FlopsPerSample / peak,9:p1}" +
            $"{workload.Must,7:p0}{workload.Aim,7:p0}{epoch,12:n0}{epoch * workload.FlopsPerSample / peak,9:p1}" +
            $"{ours.Bytes / 1024.0,8:n0}K{BytesPerStep(ours),8}"));
        foreach (var (peer, rates) in theirs)
        {
            if (rates is null)
                continue;
            var rate = Stopclock.Median(rates);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"   {peer.Name,-36}{rate,11:n0}   ours is {step / rate:f2} times as fast, {epoch / rate:f2} with shuffled " +
                $"rows{(peer.Name.StartsWith("torch") ? $" (must: {workload.OverTorch})" : "")}"));
        }
    }

    private static long BytesPerStep(Contestant ours)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            ours.Step();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    /// <summary>CPU time from the start of the process to the end of a first training step.</summary>
    private static void FirstStep()
    {
        using var ours = new Contestant(Workload.All[1]);
        ours.Step();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"First training step after {Environment.CpuUsage.TotalTime.TotalMilliseconds:f0} ms of CPU, making " +
            $"4,096 rows of data included."));
    }
}
