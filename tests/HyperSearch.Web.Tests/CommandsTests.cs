using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Objectives;
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
        var folder = await served.RunAsync("mine", Served.Search(3) with
        {
            Objective = new CommandDefinition(["true"], ".") { Epochs = 2 },
        });
        var campaign = Campaign.Open(folder);
        var (_, command) = Assert.Single(Commands.Of(campaign, campaign.Read()));
        Assert.Equal($"hypersearch resume {folder.Path} --trials 6", command);
    }

    /// <summary>No command runs what stands in the code of a program, so none is shown.</summary>
    [Fact]
    public async Task Campaign_OfAFunctionGoesOnWithItsProgram()
    {
        await using var served = await Served.StartAsync();
        var campaign = Campaign.Open(await served.RunAsync("mine", Served.Search(3)));
        var now = campaign.Read();
        Assert.Empty(Commands.Of(campaign, now));
        Assert.Equal("the program that has its code", Commands.GoingOn(now));
    }
}
