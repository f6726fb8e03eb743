using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HyperSearch.Benchmarks.Trust;

/// <summary><c>trust [--seeds 10] [--first-seed 1] [--tables a,b] [--python PATH]</c>: the default path of a newcomer with a table, beside
/// scikit-learn in the same CPU seconds.</summary>
internal static class TrustCommand
{
    private const string Wanted =
        "It needs scikit-learn: on Debian, apt-get install python3-sklearn; or name a Python that has it by --python PATH.";

    /// <summary>Runs it and prints a table: median and worst of both, and the ratio of errors.</summary>
    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        if (!options.AreAmong(["seeds", "first-seed", "tables", "python"]))
        {
            Console.Error.WriteLine("trust takes --seeds N, --first-seed N, --tables a,b and --python PATH.");
            return 2;
        }

        string[] names = ["hypersearch.dll", "HyperSearch.Cli.dll"];
        var program = JsonSerializer.Serialize(new[] { "dotnet",
            names.Select(name => Path.Combine(AppContext.BaseDirectory, name)).First(File.Exists) });
        var start = new ProcessStartInfo(options.Get("python", "/usr/bin/python3"))
        {
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Trust", "trust.py"), "--program", program },
        };
        string[] passedOn = ["seeds", "first-seed", "tables"];
        foreach (var name in passedOn.Where(options.Has))
        {
            start.ArgumentList.Add($"--{name}");
            start.ArgumentList.Add(options.Get(name, ""));
        }

        using var process = Process.Start(start)!;
        var cells = new List<Cell>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            Console.Error.WriteLine(line);
            cells.Add(JsonSerializer.Deserialize<Cell>(line, JsonSerializerOptions.Web)!);
        }

        process.WaitForExit();
        if (process.ExitCode != 0 || cells.Count == 0)
        {
            Console.Error.WriteLine($"The comparison ended early. {Wanted}");
            return 1;
        }

        Console.WriteLine("| table | ours: median | worst | scikit-learn: median | worst | mean ratio of errors | CPU s |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        var ratios = new List<double>();
        foreach (var table in cells.GroupBy(cell => cell.Table))
        {
            var ratio = table.Average(cell => cell.Ours) / Math.Max(table.Average(cell => cell.Sklearn), 1e-9);
            ratios.Add(ratio);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {table.Key} | {Median(table.Select(c => c.Ours)):0.0000} | {table.Max(c => c.Ours):0.0000} | " +
                $"{Median(table.Select(c => c.Sklearn)):0.0000} | {table.Max(c => c.Sklearn):0.0000} | {ratio:0.000} | " +
                $"{Median(table.Select(c => c.Cpu)):0.0} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Geometric mean of the ratios: {Math.Exp(ratios.Average(Math.Log)):0.000}"));
        return 0;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Cell(string Table, int Seed, double Ours, double Sklearn, double Baseline, double Cpu);
}
