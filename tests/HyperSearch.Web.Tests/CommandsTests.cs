using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Web.Following;

namespace HyperSearch.Web.Tests;

/// <summary>Commands that a page shows to be pasted.</summary>
public sealed class CommandsTests
{
    [Theory]
    [InlineData("/r/mine", "/r/mine")]
    [InlineData("/r/it's $(mine)", "'/r/it'\\''s $(mine)'")]
    public void Word_CannotBecomeAnotherCommand(string path, string word) => Assert.Equal(word, Commands.Word(new CampaignFolder(path)));

    [Fact]
    public async Task Campaign_ThatIsOverGoesOnWithMoreTrials()
    {
        await using var served = await Served.StartAsync();
        var folder = await served.RunAsync("mine", Served.Search(3));
        var campaign = Campaign.Open(folder);
        var (_, command) = Assert.Single(Commands.Of(campaign, campaign.Read()));
        Assert.Equal($"hypersearch resume {folder.Path} --trials 6", command);
    }
}
