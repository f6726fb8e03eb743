using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Gp;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Journals;

/// <summary>A campaign goes on by the laws that it began with (decision 0008).</summary>
public sealed class LawEditionTests
{
    private static readonly CampaignCreated Created = new(DateTimeOffset.UnixEpoch, "", "", 7, null);

    [Fact]
    public void InForce_OfAJournalThatSaysNothingOfIt_IsTheFirstEdition() =>
        Assert.Equal(LawEdition.First, Created.InForce(PlannerRun.Search(new GpSampler())).Edition);

    [Fact]
    public void InForce_KeepsTheEditionOfTheJournal() =>
        Assert.Equal(3, (Created with { Edition = 3 }).InForce(PlannerRun.Search(new GpSampler())).Edition);

    [Fact]
    public void Planner_RefusesALaterEditionThanItKnows()
    {
        var search = PlannerRun.Search(new GpSampler()) with { Edition = LawEdition.Newest + 1 };
        var refused = Assert.Throws<CampaignException>(() => new Planner(search, _ => 1, 10).Initial());
        Assert.StartsWith($"The campaign follows edition {LawEdition.Newest + 1} of the samplers' laws", refused.Message,
            StringComparison.Ordinal);
    }
}
