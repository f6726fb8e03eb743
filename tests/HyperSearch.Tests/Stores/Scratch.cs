using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Tests.Stores;

/// <summary>A results folder that is gone after the test; in memory where the machine has a place for that, because thousands of flushes
/// wear a disk.</summary>
internal sealed class Scratch : IDisposable
{
    /// <summary>The search file of these tests.</summary>
    public const string Text = "name: c\n";

    private const string Memory = "/dev/shm";

    /// <summary>The folder.</summary>
    public string Results { get; } = Directory.CreateDirectory(
        Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"hypersearch-{Path.GetRandomFileName()}")).FullName;

    /// <summary>The event that every campaign of these tests begins with.</summary>
    public static CampaignCreated Created { get; } =
        new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "/searches", "../../searches", 7, null) { SearchText = Text };

    /// <summary>A new campaign.</summary>
    public CampaignFolder Campaign(string name = "c") =>
        HyperSearch.Hosting.Campaigns.Campaign.Create(new CampaignFolder(Path.Combine(Results, name)), Text, Created).Folder;

    public void Dispose() => Directory.Delete(Results, recursive: true);
}
