using System.Globalization;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>How fast the trainer is on one core, as a share of the core's FMA peak measured in the same run.</summary>
internal static class SpeedBenchmark
{
    private const double Slice = 0.25;

    public static int Run(string[] arguments)
    {
        var names = arguments.Where(a => a.StartsWith('W')).ToHashSet();
        Console.WriteLine("workload                              samples/s   of peak  product path   of peak    memory   bytes/step");
        foreach (var workload in Workload.All)
        {
            if (names.Count > 0 && !names.Contains(workload.Name))
                continue;
            using var ours = new Contestant(workload);
            List<double> steps = [], epochs = [], peaks = [];
            for (var round = 0; round < 5; round++)
            {
                peaks.Add(Stopclock.Rate(() => FmaPeak.Run(), FmaPeak.Flops, 0.05));
                steps.Add(Stopclock.Rate(ours.Step, workload.Batch, Slice));
                epochs.Add(Stopclock.Rate(ours.Epoch, Workload.Rows, Slice));
            }
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                ours.Step();
            allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 100;
            double peak = Median(peaks), step = Median(steps), epoch = Median(epochs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{workload.Name} {workload.Title,-30}{step,13:n0}{step * workload.FlopsPerSample / peak,9:p1}{epoch,14:n0}{epoch * workload.FlopsPerSample / peak,9:p1}{ours.Bytes / 1024.0,8:n0}K{allocated,8}   peak {peak / 1e9:f1}"));
        }
        return 0;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
