using System.Diagnostics;
using System.Text.Json;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Benchmarks.Scale;

/// <summary>One reader: looks at a campaign again and again, each time by a new process of the real command, and checks what it
/// sees.</summary>
internal sealed class Onlooker(CampaignFolder folder, string[] look, Company company)
{
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(1);
    private readonly string _program = Path.Combine(AppContext.BaseDirectory, "HyperSearch.Cli.dll");
    private Task _looking = Task.CompletedTask;
    private volatile bool _over;
    private int _seen;

    /// <summary>How often it looked.</summary>
    public int Looks { get; private set; }

    /// <summary>How long its longest look took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Begins to look.</summary>
    public void Begin()
    {
        _over = false;
        _looking = Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning);
    }

    /// <summary>Ends after the look in hand.</summary>
    public Task EndAsync()
    {
        _over = true;
        return _looking;
    }

    private void Loop()
    {
        while (!_over)
        {
            var began = company.Now;
            Check(Look(), company.TrialsAt(began - MostBehind));
            Looks++;
            Slowest = company.Now - began > Slowest ? company.Now - began : Slowest;
        }
    }

    private string Look()
    {
        using var process =
            Process.Start(new ProcessStartInfo("dotnet", [_program, look[0], folder.Path, .. look[1..]])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true
            })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{look[0]} failed: {error.Result}");
    }

    private void Check(string output, int atLeast)
    {
        if (!look.Contains("--json"))
            return;
        using var document = JsonDocument.Parse(output);
        if (look[0] != "status")
            return;
        var trials = document.RootElement.GetProperty("trials").GetProperty("completed").GetInt32();
        if (trials < Math.Max(_seen, atLeast))
            throw new InvalidOperationException($"A reader saw {trials} trials, after {_seen}; a second before it " +
                $"looked there were {atLeast}.");
        _seen = trials;
    }
}
