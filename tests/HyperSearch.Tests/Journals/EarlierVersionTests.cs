using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Journals;

/// <summary>Journals that earlier versions wrote are kept here as they were.</summary>
public sealed class EarlierVersionTests
{
    /// <summary>Written on 25 November 2026 by a program that knew neither the origin's evidence nor warm starts: a campaign of five trials
    /// under asha.</summary>
    [Fact]
    public void Open_OfAJournalOfFormat1_ReadsEveryTrialAndGoesOn()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        File.Copy(Path.Combine(Repository.Folder("tests"), "HyperSearch.Tests", "Journals", "Samples", "journal-1"), folder.JournalPath,
            overwrite: true);
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
        {
            var outcomes = store.ReadOutcomes().ToList();
            Assert.Equal(8, outcomes.Count);
            Assert.Equal(5, outcomes.Select(outcome => outcome.Trial).Distinct().Count());
            Assert.All(outcomes, outcome => Assert.Equal(OutcomeState.Completed, outcome.State));
            var first = Trial.Fold(outcomes, 4)[0];
            Assert.Equal((0.20321599598182322, "adam", 4),
                (first.Point["learning_rate"].Number, first.Point["optimizer"].ToString(), first.Epochs));
            Assert.Equal(0.22600035010448968, first.Metrics["dev_cost"]);
            Assert.Contains("asha: {min_epochs: 1", Assert.IsType<CampaignCreated>(store.Events[0]).SearchText, StringComparison.Ordinal);
            store.Append([Any.Plain(8)]);
        }

        Assert.Equal(9, Campaign.Open(folder).ReadOutcomes().Count);
    }
}
