using System.Globalization;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>Two trials on two threads against one on one, by the clock on the wall: meaningful on an idle machine only.</summary>
/// <remarks>The FMA loop of <see cref="FmaPeak"/>, which touches no memory, takes turns with them: what it misses of twice is the
/// machine's, not the trainer's.</remarks>
internal static class TwoThreads
{
    private const int Rounds = 9, Epochs = 20, Loops = 120; // some 80 ms each

    public static void Run(Workload workload)
    {
        using Contestant first = new(workload), second = new(workload);
        Action[] training = [() => Repeat(first.Epoch, Epochs), () => Repeat(second.Epoch, Epochs)];
        Action[] multiplying = [() => Repeat(() => FmaPeak.Run(), Loops), () => Repeat(() => FmaPeak.Run(), Loops)];
        List<double> ours = [], machine = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(2 * Seconds(training[..1]) / Seconds(training));
            machine.Add(2 * Seconds(multiplying[..1]) / Seconds(multiplying));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Two trials on two threads train {Stopclock.Median(ours):f2} times as many samples as one ({workload.Name}; must: 1.9); a " +
            $"loop in registers gains {Stopclock.Median(machine):f2} times."));
    }

    private static double Seconds(Action[] work)
    {
        var clock = TimeProvider.System;
        var threads = Array.ConvertAll(work, action => new Thread(() => action()));
        var start = clock.GetTimestamp();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return clock.GetElapsedTime(start).TotalSeconds;
    }

    private static void Repeat(Action action, int times)
    {
        for (var i = 0; i < times; i++)
            action();
    }
}
