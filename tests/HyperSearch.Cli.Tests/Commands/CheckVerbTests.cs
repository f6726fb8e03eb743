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
}
