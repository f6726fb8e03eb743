using CsCheck;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Campaigns;

/// <summary>A follower of a large campaign leaves the learning curves on the disk.</summary>
public sealed class CampaignFollowTests
{
    [Fact]
    public void Follow_SaysWhatReadingEverythingSays()
    {
        using var scratch = new Scratch();
        var number = 0;
        Any.Outcome.Array[1, 6].Sample(outcomes =>
        {
            var folder = scratch.Campaign($"c{number++}");
            using (var store = CampaignStore.Open(folder, TimeProvider.System))
                store.Append([.. outcomes.Select((outcome, job) => outcome with { Job = job, Trial = job / 2 })]);
            var (whole, follower) = (Campaign.Open(folder), Campaign.Follow(folder, TimeProvider.System));
            return Stores.Outcomes.Same(whole.ReadOutcomes(), follower.ReadOutcomes())
                && Trial.Fold(whole.Outcomes, 9).Select(trial => trial.Curve)
                    .SequenceEqual(Trial.Fold(follower.Outcomes, 9).Select(trial => trial.Curve));
        }, iter: 60, threads: 1);
    }

    [Fact]
    public void Curve_OfAJournalThatIsGoneSaysSo()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
        {
            var curve = LearningCurve.Of([(1, new Dictionary<string, double> { ["loss"] = 0.5 })]);
            store.Append([Any.Plain(0) with { Curve = curve }]);
        }

        var outcome = Assert.Single(Campaign.Follow(folder, TimeProvider.System).ReadOutcomes());
        var length = new FileInfo(folder.JournalPath).Length;
        using (var file = new FileStream(folder.JournalPath, FileMode.Open))
            file.SetLength(length - 1);
        Assert.Contains("has changed", Assert.Throws<StoreException>(() => outcome.Curve.Columns).Message, StringComparison.Ordinal);
        File.Delete(folder.JournalPath);
        Assert.Contains("cannot be read", Assert.Throws<StoreException>(() => outcome.Curve.Columns).Message, StringComparison.Ordinal);
    }
}
