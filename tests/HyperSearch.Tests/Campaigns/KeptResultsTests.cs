using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Tests.Campaigns;

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
            var snapshot = new Campaign(folder,
                (campaign, created) => SearchFile.Read(campaign.SearchPath, created.SearchFolderFrom(campaign))).Read();
            Assert.Equal(CampaignState.Finished, snapshot.State);
            Assert.Equal(snapshot.Search.Trials, snapshot.Trials.Length);
            Assert.NotNull(snapshot.Verdict);
        });
    }
}
