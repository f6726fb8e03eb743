using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Tests.Searches;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class CheckVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hypersearch-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The same files that the JSON schema refuses.</summary>
    [Theory]
    [MemberData(nameof(WrongFiles.All), MemberType = typeof(WrongFiles))]
    public async Task Check_RefusesEveryWrongFileWithItsPlace(string piece, string by)
    {
        var path = Path.Combine(_folder, "wrong.yaml");
        await File.WriteAllTextAsync(path, WrongFiles.Changed(piece, by), TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Usage, await CommandLine.RunAsync(["check", path], Terminal.Piped(output, error), TimeProvider.System));
        Assert.Contains($"{path}:", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData("once", """echo '{"loss": 1}'""")]
    [InlineData("worker", """while read -r line; do echo '{"trial": 0, "loss": 1}'; echo '{"trial": 0, "done": true}'; done""")]
    public async Task Check_TimesOneTrialOfACommand(string protocol, string script)
    {
        var (output, error) = await CheckAsync(protocol, script);
        Assert.Contains("(from timing one trial)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_CountsNoWorkerThatSlotsKeepFromStarting()
    {
        var (output, _) = await CheckAsync("once", "", "--no-timing", "--set", "method.workers=3", "--set", "method.slots=2");
        Assert.Contains("4 epochs at most, 2 workers", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_SaysWhyTheTrialFailed()
    {
        var (output, error) = await CheckAsync("once", "echo no such data >&2; exit 3");
        Assert.Contains("4 epochs at most, ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("(from timing one trial)", output, StringComparison.Ordinal);
        Assert.Contains("warning: one trial was tried and failed: ", error, StringComparison.Ordinal);
        Assert.Contains("no such data", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_RunsNothingWhereToldNotTo()
    {
        var ran = Path.Combine(_folder, "ran");
        var (output, error) = await CheckAsync("once", $"touch {ran}", "--no-timing");
        Assert.Contains("4 epochs at most, ", output, StringComparison.Ordinal);
        Assert.Equal("", error);
        Assert.False(File.Exists(ran));
    }

    private async Task<(string Output, string Error)> CheckAsync(string protocol, string script, params string[] options)
    {
        var path = Path.Combine(_folder, "mine.yaml");
        await File.WriteAllTextAsync(Path.Combine(_folder, "mine.sh"), script, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, $"""
            objective:
              command: [sh, mine.sh]
              protocol: {protocol}
            minimize: loss
            space: {"{x: {uniform: [0, 1]}}"}
            method: {"{trials: 4}"}
            """, TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Done,
            await CommandLine.RunAsync(["check", path, .. options], Terminal.Piped(output, error), TimeProvider.System));
        return (output.ToString(), error.ToString());
    }
}
