using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Tests.Stores;

public sealed class CampaignFolderTests
{
    [Fact]
    public void Create_MakesAWholeCampaign()
    {
        using var scratch = new Scratch();
        var folder = Campaign.Create(new CampaignFolder(Path.Combine(scratch.Results, "deep", "digits")), Scratch.Text,
            Scratch.Created).Folder;
        Assert.True(folder.Exists);
        Assert.Equal(Scratch.Text, File.ReadAllText(folder.SearchPath));
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Assert.Equal([Scratch.Created], store.Events);
        Assert.Empty(store.ReadOutcomes());
    }

    [Fact]
    public void Create_RefusesAFolderThatExists()
    {
        using var scratch = new Scratch();
        scratch.Campaign("digits");
        var refusal = Assert.Throws<StoreException>(() => scratch.Campaign("digits"));
        Assert.Contains("\"digits\" exists already in", refusal.Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(scratch.Results, "pictures"));
        Assert.Contains("not a campaign", Assert.Throws<StoreException>(() => scratch.Campaign("pictures")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhereNothingCanBeWritten_SaysSoAndLeavesNothing()
    {
        using var scratch = new Scratch();
        var results = Path.Combine(scratch.Results, "results");
        File.WriteAllText(results, "a file, where a folder is needed");
        var refusal = Assert.Throws<StoreException>(() =>
            Campaign.Create(new CampaignFolder(Path.Combine(results, "digits")), "", Scratch.Created));
        Assert.EndsWith("Nothing was left behind.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([results], Directory.EnumerateFileSystemEntries(scratch.Results));
    }

    [Fact]
    public void Create_TwiceAtOnce_MakesOne()
    {
        for (var round = 0; round < 50; round++) // one round seldom meets the race
            CreateTwiceAtOnce();
    }

    [Fact]
    public void Find_TakesANameOrAPathAndNamesTheNearest()
    {
        using var scratch = new Scratch();
        var digits = scratch.Campaign("digits");
        scratch.Campaign("spiral");
        Assert.Equal(digits.Path, CampaignFolder.Find(scratch.Results, "digits").Path);
        Assert.Equal(digits.Path, CampaignFolder.Find("elsewhere", digits.Path + Path.DirectorySeparatorChar).Path);
        Assert.Contains("\"digits\"?", Assert.Throws<StoreException>(() => CampaignFolder.Find(scratch.Results, "digist")).Message,
            StringComparison.Ordinal);
        Assert.Contains("hypersearch run", Assert.Throws<StoreException>(() => CampaignFolder.Find("nowhere", "x")).Message,
            StringComparison.Ordinal);
        Assert.Equal(["digits", "spiral"], CampaignFolder.In(scratch.Results).Select(folder => folder.Name));
        Assert.Empty(CampaignFolder.In("nowhere"));
    }

    private static void CreateTwiceAtOnce()
    {
        using var scratch = new Scratch();
        var made = 0;
        Parallel.For(0, 8, _ =>
        {
            try
            {
                scratch.Campaign("digits");
                Interlocked.Increment(ref made);
            }
            catch (StoreException refusal)
            {
                Assert.Contains("exists already", refusal.Message, StringComparison.Ordinal);
            }
        });
        Assert.Equal(1, made);
        Assert.Single(Directory.EnumerateFileSystemEntries(scratch.Results));
        CampaignStore.Open(Campaign.Open(CampaignFolder.Find(scratch.Results, "digits")), TimeProvider.System, indexed: false).Dispose();
    }

    /// <summary>A campaign keeps the absolute folder of its search file only where the two have no folder in common.</summary>
    [Theory]
    [InlineData("/home/a/results/c", "/home/a/searches", "", "../../searches")]
    [InlineData("/home/a/results/c", "/home/a", "", "../..")]
    [InlineData("/home/a/results/c", "/home/b/searches", "", "../../../b/searches")]
    [InlineData("/scratch/c", "/home/a/searches", "/home/a/searches", "../../home/a/searches")]
    public void Created_KeepsTheSearchFolderRelativeWhereItCan(string campaign, string searches, string absolute, string relative)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the paths are those of Linux");
        var folder = new CampaignFolder(campaign);
        var created = CampaignCreated.In(Scratch.Created.At, folder, searches);
        Assert.Equal((absolute, relative), (created.SearchFolder, created.RelativeSearchFolder));
        Assert.Equal(searches, created.SearchFolderFrom(folder));
    }
}
