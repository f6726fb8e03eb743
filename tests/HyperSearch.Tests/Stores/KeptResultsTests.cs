using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Tests.Stores;

/// <summary>What is kept under <c>results/</c> stays readable by every later version.</summary>
public sealed class KeptResultsTests
{
    [Fact]
    public void Read_UnderstandsEveryCampaignThatIsKept()
    {
        var kept = CampaignFolder.In(Repository.Folder("results")).Where(folder => folder.Name == "gallery").ToList();
        Assert.NotEmpty(kept);
        Assert.All(kept, folder =>
        {
            var snapshot = CampaignReader.Read(folder, (campaign, created) => SearchFile.Read(campaign.SearchPath, CampaignReader.SearchFolder(campaign, created)));
            Assert.Equal(CampaignState.Finished, snapshot.State);
            Assert.Equal(snapshot.Search.Trials, snapshot.Trials.Length);
            Assert.NotNull(snapshot.Verdict);
        });
    }
}
