using System.Diagnostics;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Execution;

/// <summary>A search in someone's process leaves the process its signals.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory(Timeout = 60_000)]
    [InlineData("INT", 128 + 2)]
    [InlineData("TERM", 128 + 15)]
    public async Task Minimize_LeavesAProgramItsOwnEnd(string signal, int code)
    {
        var folder = Path.Combine(_scratch.Results, "direct");
        var sample = Path.Combine(AppContext.BaseDirectory, "HyperSearch.SampleHost.dll");
        using var program =
            Process.Start(new ProcessStartInfo("dotnet", [sample, "minimize", folder, "200"]) { RedirectStandardOutput = true })!;
        while (!File.Exists(folder + "/journal") || Campaign.Open(new CampaignFolder(folder)).ReadOutcomes().Count < 3)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        using var kill = Process.Start("kill", [$"-{signal}", $"{program.Id}"]);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(code, program.ExitCode);
        // no winner of an unfinished search
        Assert.Equal("", await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
