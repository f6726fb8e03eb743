using System.Diagnostics;
using System.Globalization;
using HyperSearch.Benchmarks.Scale;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Planning;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Commands;

/// <summary>Measures external commands: <c>commands [WORKER_TRIALS] [ONCE_JOBS]</c> compares a worker's trial with a bare exchange of the
/// same two lines, then runs campaigns of both protocols and counts what they leave behind; exit code 1 if there is anything.</summary>
internal static class CommandBenchmark
{
    private const string Script = """
        import sys
        for line in sys.stdin:
            trial = line[line.index(":") + 1:line.index(",")]
            print('{"trial": %s, "loss": 0.5, "done": true}' % trial, flush=True)
        """;

    private static readonly Space Space = new([new Parameter("x", new UniformScale(0, 1)), new Parameter("y", new LogScale(1e-4, 1))]);

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var (workerTrials, onceJobs) = (Count(arguments, 0, 100_000), Count(arguments, 1, 500));
        var folder = Directory.CreateTempSubdirectory("hypersearch-commands-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "worker.py"), Script);
            // other processes leave things in the common one
            Environment.SetEnvironmentVariable("TMPDIR", Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName);
            Compare(folder);
            var worker = new CommandDefinition(["python3", "worker.py"], folder) { KeepAlive = true };
            Campaign(folder, "warm-up", worker, 20); // the runtime opens files of its own once
            var clean = LeavesNothing(folder, "worker", worker, workerTrials);
            clean &= LeavesNothing(folder, "once", new CommandDefinition(["sh", "-c", """echo '{{"loss": {x}}}'"""], folder), onceJobs);
            return clean ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The price of a worker's trial over that of the two lines it is made of, on the same program, in turns.</summary>
    private static void Compare(string folder)
    {
        const int Trials = 2_000, Rounds = 9;
        using var objective = new CommandObjective(new CommandDefinition(["python3", "worker.py"], folder) { KeepAlive = true }, Space);
        using var bare = Process.Start(new ProcessStartInfo("python3", ["worker.py"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        })!;
        var job = new LoneJob(folder, Space.At([0.5, 0.5]));
        var (exchanges, trials) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            exchanges.Add(Time(() => Exchange(bare), Trials));
            trials.Add(Time(() => objective.Run(job, CancellationToken.None), Trials));
        }

        bare.StandardInput.Close();
        bare.WaitForExit();
        var (exchange, trial) = (exchanges.Min(), trials.Min());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a worker's trial: {trial:F0} µs, a bare exchange of its lines with the same program: {exchange:F0} µs; overhead " +
            $"{trial - exchange:F0} µs, {trial / exchange:F2} times (best of {Rounds} rounds of {Trials})"));
    }

    private static void Exchange(Process worker)
    {
        worker.StandardInput.Write("{\"trial\":7,\"params\":{\"x\":0.5,\"y\":0.01},\"epochs\":1,\"checkpoint_dir\":\"/tmp\",\"seed\":1}\n");
        worker.StandardInput.Flush();
        worker.StandardOutput.ReadLine();
    }

    private static double Time(Action action, int times)
    {
        var since = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
            action();
        return Stopwatch.GetElapsedTime(since).TotalMicroseconds / times;
    }

    /// <summary>Runs a campaign and tells what is left when it is over.</summary>
    private static bool LeavesNothing(string folder, string protocol, CommandDefinition command, int trials)
    {
        var before = Leftovers.Now();
        Campaign(folder, protocol, command, trials);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var left = Leftovers.Now().Since(before);
        Console.WriteLine($"left behind: {left}");
        return left is { Children: <= 0, Zombies: 0, OpenFiles: <= 0, TemporaryFiles: <= 0 };
    }

    /// <summary>A whole durable campaign.</summary>
    private static void Campaign(string folder, string protocol, CommandDefinition command, int trials)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{protocol}: {trials:N0} jobs on two workers"));
        var search = new Search
        {
            Name = protocol,
            Objective = command,
            Metric = "loss",
            Space = Space,
            Sampler = new RandomSampler(),
            Trials = trials,
            Slots = 8
        };
        CampaignScale.RunAsync(ScaleCampaign.Create(Path.Combine(folder, "results", protocol), "", search),
            new CommandObjective(command, Space)).GetAwaiter().GetResult();
    }

    private static int Count(string[] arguments, int index, int standard) =>
        arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : standard;
}
