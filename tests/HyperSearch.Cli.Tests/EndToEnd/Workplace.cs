using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>A folder of its own with a small search, in which the real program runs as a process.</summary>
public sealed class Workplace : IDisposable
{
    /// <summary>The real program, for <c>dotnet</c> to run.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "HyperSearch.Cli.dll");

    /// <summary>A search of a few short trials on 60 points of two classes.</summary>
    public const string Search = """
        name: tiny
        objective:
          train: {data: points.csv, label: side, epochs: 3}
        minimize: dev_error
        space:
          learning_rate: {log: [1e-3, 1]}
          hidden_units: {int: [2, 8]}
        method: {sampler: random, trials: 6, seed: 1, workers: 2, slots: 2}
        """;

    public Workplace()
    {
        Folder = Directory.CreateTempSubdirectory("hypersearch-cli-").FullName;
        Directory.CreateDirectory(Temporary);
        Write("points.csv", Points());
        Write("tiny.yaml", Search);
    }

    public string Folder { get; }

    /// <summary>Where programs that run here put temporary files: a folder of its own, so that looks of tests beside each other do not take
    /// turns.</summary>
    public string Temporary => PathOf(".tmp");

    /// <summary>A CSV table of two clouds of points.</summary>
    public static string Points(int rows = 60) => "x,y,side\n" + string.Concat(Enumerable.Range(0, rows).Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $"{(i % 2 == 0 ? 1 : -1) + (i * 37 % 11) / 20.0},{(i * 53 % 17) / 10.0},{(i % 2 == 0 ? "left" : "right")}\n")));

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    /// <summary>Runs a command line to its end.</summary>
    public Finished Run(params string[] arguments)
    {
        using var process = Start(arguments);
        return process.Finish();
    }

    /// <summary>Runs a command line that must succeed and reads the document it prints.</summary>
    public JsonElement Read(params string[] arguments)
    {
        var finished = Run([.. arguments, "--json"]);
        Assert.True(finished.Code == 0, finished.Error);
        using var document = JsonDocument.Parse(finished.Output);
        return document.RootElement.Clone();
    }

    /// <summary>Starts a command line.</summary>
    public Running Start(params string[] arguments) => StartProgram(Program, arguments);

    /// <summary>Starts another program of .NET in the same way.</summary>
    public Running StartProgram(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8", ["TMPDIR"] = Temporary },
        };
        foreach (var argument in (string[])[program, .. arguments])
            start.ArgumentList.Add(argument);
        return new Running(Process.Start(start)!);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
