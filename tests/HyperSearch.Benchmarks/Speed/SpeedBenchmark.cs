using System.Diagnostics;
using System.Globalization;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>How fast the trainer is on one core, as a share of the core's FMA peak measured in the same run, beside its peers.</summary>
/// <remarks>Arguments: W1 … W7 to choose workloads, <c>--peers FOLDER</c> for the peers' scripts. Everything runs on one pinned core, a slice of each in turn.</remarks>
internal static class SpeedBenchmark
{
    private const double Slice = 0.25;
    private const int Rounds = 5;

    public static int Run(string[] arguments)
    {
        var names = arguments.Where(a => a.StartsWith('W')).ToHashSet();
        var at = Array.IndexOf(arguments, "--peers");
        var peers = new Peers(at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null);
        FirstStep();
        if (names.Count == 0)
            TwoThreads(Workload.All[1]);
        if (OperatingSystem.IsLinux())
            Process.GetCurrentProcess().ProcessorAffinity = 1 << (Environment.ProcessorCount - 1);
        Console.WriteLine("workload                              samples/s  of peak   must    aim    shuffled  of peak   memory  bytes/step");
        foreach (var workload in Workload.All.Where(w => names.Count == 0 || names.Contains(w.Name)))
            Measure(workload, peers);
        return 0;
    }

    private static void Measure(Workload workload, Peers peers)
    {
        using var ours = new Contestant(workload);
        List<double> steps = [], epochs = [], peaks = [];
        for (var round = 0; round < Rounds; round++)
        {
            peaks.Add(Stopclock.Rate(static () => FmaPeak.Run(), FmaPeak.Flops, 0.05));
            steps.Add(Stopclock.Rate(ours.Step, workload.Batch, Slice));
            epochs.Add(Stopclock.Rate(ours.Epoch, Workload.Rows, Slice));
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            ours.Step();
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 100;
        double peak = Median(peaks), step = Median(steps), epoch = Median(epochs);
        Print($"{workload.Name} {workload.Title,-30}{step,13:n0}{step * workload.FlopsPerSample / peak,9:p1}{workload.Must,7:p0}{workload.Aim,7:p0}{epoch,12:n0}{epoch * workload.FlopsPerSample / peak,9:p1}{ours.Bytes / 1024.0,8:n0}K{allocated,8}");
        foreach (var (name, rate) in peers.Run(workload))
            Print($"   {name,-33}{rate,13:n0}   ours is {step / rate:f2} times as fast{(name == "torch" ? $" (must: {workload.OverTorch})" : "")}");
    }

    /// <summary>CPU time from the start of the process to the end of a first training step.</summary>
    private static void FirstStep()
    {
        using var ours = new Contestant(Workload.All[1]);
        ours.Step();
        Print($"First training step after {Environment.CpuUsage.TotalTime.TotalMilliseconds:f0} ms of CPU, making 4,096 rows of data included.");
    }

    /// <summary>Two trials on two threads against one on one, by the clock on the wall: meaningful on an idle machine only.</summary>
    private static void TwoThreads(Workload workload)
    {
        var ratios = Enumerable.Range(0, 3).Select(_ => WallRate(workload, 2) / WallRate(workload, 1)).Order().ToArray();
        Print($"Two trials on two threads train {ratios[1]:f2} times as many samples as one ({workload.Name}; must: 1.9).");
    }

    private static double WallRate(Workload workload, int threads)
    {
        var trials = Enumerable.Range(0, threads).Select(_ => new Contestant(workload)).ToArray();
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var running = trials.Select(trial => new Thread(() =>
        {
            for (var i = 0; i < 20; i++)
                trial.Epoch();
        })).ToArray();
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        Array.ForEach(trials, trial => trial.Dispose());
        return threads * 20.0 * Workload.Rows / seconds;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
