using System.Text.Json;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class DoctorVerbTests : IDisposable
{
    private readonly string _results = Directory.CreateTempSubdirectory("hypersearch-doctor-").FullName;

    public void Dispose() => Directory.Delete(_results, recursive: true);

    [Fact]
    public async Task Doctor_OfADamagedCampaign_FailsAndWithRepairSucceeds()
    {
        var folder = Campaign.Create(new CampaignFolder(Path.Combine(_results, "digits")), "",
            new CampaignCreated(DateTimeOffset.UnixEpoch, "/", "/", 1, null)).Folder;
        var size = new FileInfo(folder.JournalPath).Length;
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
        {
            store.Append(new SessionStarted(DateTimeOffset.UnixEpoch, 1, "host", 4, 1));
            store.Append(new SessionEnded(DateTimeOffset.UnixEpoch, 1, false, "interrupted"));
        }

        var bytes = await File.ReadAllBytesAsync(folder.JournalPath, TestContext.Current.CancellationToken);
        bytes[size + 40] ^= 1;
        await File.WriteAllBytesAsync(folder.JournalPath, bytes, TestContext.Current.CancellationToken);

        var (code, text) = await DoctorAsync("doctor", "digits");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains($"error: The journal is damaged from offset {size}", text, StringComparison.Ordinal);
        Assert.Contains("doctor digits --repair", text, StringComparison.Ordinal);

        (code, text) = await DoctorAsync("doctor", "digits", "--repair", "--json");
        Assert.Equal(ExitCode.Done, code);
        using var document = JsonDocument.Parse(text);
        Assert.True(document.RootElement.GetProperty("healthy").GetBoolean());
        Assert.Equal(2, document.RootElement.GetProperty("repaired").GetArrayLength());
        Assert.Contains("digits is healthy", (await DoctorAsync("doctor", "digits")).Text, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Text)> DoctorAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. arguments, "--results", _results], Terminal.Piped(output, error), TimeProvider.System);
        Assert.Equal("", error.ToString());
        return (code, output.ToString());
    }
}
