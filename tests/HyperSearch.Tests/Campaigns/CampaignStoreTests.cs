using CsCheck;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Campaigns;

public sealed class CampaignStoreTests
{
    [Fact]
    public void Append_KeepsWhateverItIsGivenBitByBit()
    {
        using var scratch = new Scratch();
        var number = 0;
        Any.Outcome.Array[0, 5].Array[0, 4].Sample(groups =>
        {
            var folder = scratch.Campaign($"c{number++}");
            var job = 0;
            var model = new List<Outcome>();
            foreach (var group in groups)
            {
                Outcome[] numbered = [.. group.Select(outcome => outcome with { Job = job++, Repeat = job % 3 == 0 ? job : 0 })];
                using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
                if (!Outcomes.Same(store.ReadOutcomes(), model) || store.Recovery is not null)
                    return false;
                store.Append(numbered);
                model.AddRange(numbered);
            }

            return Outcomes.Same(Campaign.Open(folder).ReadOutcomes(), model);
        }, iter: 100, threads: 1, seed: "0000KOIKNDOX");
    }

    [Fact]
    public void Append_KeepsEventsInOrder()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var started = new SessionStarted(Scratch.Created.At.AddHours(1), 42, "host", 100, 4);
        var ended = new SessionEnded(Scratch.Created.At.AddHours(2), 12.5, true, "all trials done");
        using (var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false))
        {
            store.Append(started);
            store.Append([Any.Plain(0)]);
            store.Append(ended);
        }

        using var again = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Assert.Equal([Scratch.Created, started, ended], again.Events);
        Assert.Equal(TimeSpan.FromSeconds(12.5), again.ElapsedBefore);
    }

    [Fact]
    public void Append_RefusesAJobThatHasEnded()
    {
        using var scratch = new Scratch();
        using var store = CampaignStore.Open(scratch.Campaign(), TimeProvider.System);
        store.Append([Any.Plain(0)]);
        Assert.Throws<InvalidOperationException>(() => store.Append([Any.Plain(1), Any.Plain(0)]));
        store.Append([Any.Plain(1)]);
        Assert.Equal([0, 1], store.ReadOutcomes().Select(outcome => outcome.Job));
    }

    [Fact]
    public void Append_RefusesNaNAndKeepsNothingOfTheGroup()
    {
        using var scratch = new Scratch();
        using var store = CampaignStore.Open(scratch.Campaign(), TimeProvider.System);
        Assert.Throws<ArgumentException>(() => store.Append([Any.Plain(0), Any.Plain(1, double.NaN)]));
        store.Append([Any.Plain(0)]);
        Assert.Single(store.ReadOutcomes());
    }

    [Fact]
    public void Open_RefusesACampaignThatThisProgramRunsAndNamesTheProcess()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using var owner = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        var refusal = Assert.Throws<StoreException>(() => CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false));
        Assert.Contains($"is being run by this program, process {Environment.ProcessId},", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($" since {owner.Owner.Since:yyyy-MM-dd HH:mm:ss} UTC", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TakesOverFromADeadOwnerWhoseProcessIdAnotherHasNow()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        // its id is that of a living process: this one
        var dead = CampaignOwner.Self(folder, TimeProvider.System) with
        {
            Since = DateTimeOffset.UnixEpoch,
            Started = DateTimeOffset.UnixEpoch
        };
        SealedJson.Write(folder.OwnerPath,
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(dead, HyperSearch.Hosting.Stores.StatusJson.Default.CampaignOwner));
        Assert.False(Campaign.Open(folder).IsRunning);
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Assert.Equal(store.Owner, CampaignLock.Owner(folder));
        Assert.NotEqual(dead.Since, store.Owner.Since);
    }

    [Fact]
    public void Open_TakesOverWhenTheOwnerHasLeft()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false).Dispose();
        CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false).Dispose();
    }
}
