using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Tests.Stores;

public sealed class CampaignLockTests
{
    [Fact(Timeout = 60_000)]
    public async Task Open_ManyAtOnce_LetsOneIn()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        for (var round = 0; round < 10; round++)
        {
            using var gate = new Barrier(4);
            var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    gate.SignalAndWait();
                    try
                    {
                        return CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
                    }
                    catch (StoreException refusal)
                    {
                        Assert.Contains("is being run by", refusal.Message, StringComparison.Ordinal);
                        return null;
                    }
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Single(stores, store => store is not null);
            stores.Single(store => store is not null)!.Dispose();
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_WhileReadersLookAllTheTime_IsNeverRefused()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var looks = 0;
            for (; !stop.IsCancellationRequested; looks++)
                new Campaign(folder, Definitions.Of()).Read();
            return looks;
        })).ToArray();
        for (var job = 0; job < 50; job++)
        {
            using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
            store.Append([Any.Plain(job)]);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), looks => Assert.True(looks > 0));
        Assert.Equal(50, Campaign.Open(folder).ReadOutcomes().Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Readers_BesideAnOwner_SeeAGrowingPrefixAndNeverATornState()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        var expected = Enumerable.Range(0, 3_000).Select(job => Any.Plain(job, 1.0 / (job + 1))).ToArray();
        var readers = Enumerable.Range(0, 4).Select(reader => Task.Run(() =>
        {
            var follower = new Campaign(folder, Definitions.Of());
            var (seen, looks) = (0, 0);
            for (; seen < expected.Length; looks++)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                if (reader % 2 == 1)
                    follower = new Campaign(folder, Definitions.Of());
                var snapshot = follower.Read();
                Assert.Equal(CampaignState.Running, snapshot.State);
                Assert.True(follower.Outcomes.Count >= seen);
                Assert.True(Outcomes.Same(follower.Outcomes.Skip(seen), expected.Skip(seen).Take(follower.Outcomes.Count - seen)));
                seen = follower.Outcomes.Count;
            }

            return looks;
        })).ToArray();
        for (var done = 0; done < expected.Length; done += 3)
            store.Append(expected.AsSpan(done, 3));
        Assert.All(await Task.WhenAll(readers), looks => Assert.True(looks > 0));
    }

    [Fact]
    public void Append_AfterTheLockWasRemoved_IsRefusedAndNobodyElseGetsIn()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false))
        {
            store.Append([Any.Plain(0)]);
            File.Delete(folder.LockPath);
            var second = Assert.Throws<StoreException>(() =>
                CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false));
            Assert.Contains("is being run by", second.Message, StringComparison.Ordinal);
            var refusal = Assert.Throws<StoreException>(() => store.Append([Any.Plain(1)]));
            Assert.Contains("removed while the campaign", refusal.Message, StringComparison.Ordinal);
        }

        using var next = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Assert.Single(next.ReadOutcomes());
    }

    [Fact]
    public void Append_AfterAnotherTookTheCampaign_WritesNothing()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        store.Append([Any.Plain(0)]);
        Announce(folder, store.Owner with { Nonce = "another", Process = 77 });
        var refusal = Assert.Throws<StoreException>(() => store.Append([Any.Plain(1)]));
        Assert.Contains("was taken by process 77", refusal.Message, StringComparison.Ordinal);
        Assert.Single(Campaign.Open(folder).ReadOutcomes());
    }

    [Fact]
    public void Open_OfACampaignOfAnotherMachine_WaitsForItsHeartbeatToEnd()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        Announce(folder, new CampaignOwner(77, "elsewhere", Scratch.Created.At) { Folder = "/elsewhere/c", Nonce = "another" });
        var refusal = Assert.Throws<StoreException>(() => CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false));
        Assert.Contains("process 77 on elsewhere", refusal.Message, StringComparison.Ordinal);
        foreach (var path in (string[])[folder.OwnerPath, folder.JournalPath])
            File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddMinutes(-1));
        CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false).Dispose();
    }

    [Fact]
    public void IsRunning_WithoutALockIsToldByTheOwner()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false))
        {
            File.Delete(folder.LockPath);
            Assert.True(Campaign.Open(folder).IsRunning);
            File.WriteAllBytes(folder.LockPath, []); // made anew, and nobody holds it
            Assert.True(Campaign.Open(folder).IsRunning);
            Assert.Null(CampaignLock.TryShare(folder)); // so that nobody opens the index beside its owner
        }

        Assert.False(Campaign.Open(folder).IsRunning);
        Announce(folder, new CampaignOwner(77, "elsewhere", Scratch.Created.At) { Folder = "/elsewhere/c", Nonce = "another" });
        Assert.True(Campaign.Open(folder).IsRunning);
        foreach (var path in (string[])[folder.OwnerPath, folder.JournalPath])
            File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddMinutes(-1));
        Assert.False(Campaign.Open(folder).IsRunning);
    }

    /// <summary>Where nobody waits for a killed process, as in a container whose first process does not, resume refused for ever.</summary>
    [Fact]
    public void LivesHere_IsNotTrueOfAProcessThatEndedUnheard()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux keeps such processes.");
        var start = new System.Diagnostics.ProcessStartInfo("sh", ["-c", "sleep 0.01 & echo $!; exec sleep 30"]);
        start.RedirectStandardOutput = true;
        using var parent = System.Diagnostics.Process.Start(start)!;
        var number = int.Parse(parent.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{number}/stat").Contains(") Z ", StringComparison.Ordinal), 20_000));
        using var ended = System.Diagnostics.Process.GetProcessById(number);
        var owner = new CampaignOwner(number, Environment.MachineName, DateTimeOffset.UnixEpoch)
        {
            Started = ended.StartTime.ToUniversalTime(),
        };
        Assert.False(owner.LivesHere());
        Assert.True((owner with { Process = parent.Id, Started = parent.StartTime.ToUniversalTime() }).LivesHere());
        parent.Kill();
    }

    [Fact]
    public void Open_OfACopyOfARunningCampaign_GoesOn()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        store.Append([Any.Plain(0)]);
        var copy = new CampaignFolder(Path.Combine(scratch.Results, "copy"));
        Directory.CreateDirectory(copy.Path);
        foreach (var path in (string[])[folder.JournalPath, folder.SearchPath, folder.OwnerPath])
            File.Copy(path, Path.Combine(copy.Path, Path.GetFileName(path)));
        using var other = CampaignStore.Open(Campaign.Open(copy), TimeProvider.System, indexed: false);
        Assert.Single(other.ReadOutcomes());
    }

    [Fact]
    public void Append_AfterTheFolderWasMoved_IsRefusedAndLeavesNothingBehind()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var moved = new CampaignFolder(Path.Combine(scratch.Results, "moved"));
        using (var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System))
        {
            store.Append([Any.Plain(0)]);
            Directory.Move(folder.Path, moved.Path);
            var refusal = Assert.Throws<StoreException>(() => store.Append([Any.Plain(1)]));
            Assert.Contains("removed or moved while the campaign ran", refusal.Message, StringComparison.Ordinal);
            Assert.Throws<StoreException>(() => folder.Make(folder.CheckpointFolder(1)));
        }

        Assert.False(Path.Exists(folder.Path));
        Assert.Single(Campaign.Open(moved).ReadOutcomes());
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("checkpoints")]
    [InlineData("logs")]
    [InlineData("index-log.db")]
    [InlineData("checkpoints/000001")]
    public void Open_OfACampaignWithALinkInside_IsRefused(string name)
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var elsewhere = Directory.CreateDirectory(Path.Combine(scratch.Results, "elsewhere")).FullName;
        var path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
            File.Move(path, Path.Combine(elsewhere, "it"));
        File.CreateSymbolicLink(path, name == "journal" ? Path.Combine(elsewhere, "it") : elsewhere);
        var refusal = Assert.Throws<StoreException>(() => CampaignStore.Open(Campaign.Open(folder), TimeProvider.System));
        Assert.Contains($"\"{path}\" is a link", refusal.Message, StringComparison.Ordinal);
    }

    private static void Announce(CampaignFolder folder, CampaignOwner owner) => SealedJson.Write(
        folder.OwnerPath, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(owner, StatusJson.Default.CampaignOwner));

    [Fact]
    public void LiveStatus_IsReadWhileItsOwnerLivesAndIgnoredAfterwards()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Scratch.Created.At);
        using (var store = CampaignStore.Open(Campaign.Open(folder), time, indexed: false))
        {
            var file = new LiveStatusFile(folder, store.Owner, time);
            Assert.Null(file.Publish(new LiveStatus(time.GetUtcNow(), 3, [new LiveJob(2, 2, 7, 30, 0)])));
            Assert.Null(file.Publish(new LiveStatus(time.GetUtcNow(), 99, []))); // within the second: not written
            Assert.Equal(3, LiveStatusFile.Read(folder)!.Planned);
            Assert.Equal(1, new Campaign(folder, Definitions.Of()).Read().Running);
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(file.Publish(new LiveStatus(time.GetUtcNow(), 4, [])));
            Assert.Equal(4, LiveStatusFile.Read(folder)!.Planned);
        }

        Assert.Null(LiveStatusFile.Read(folder));
        time.Advance(TimeSpan.FromSeconds(1));
        using var next = CampaignStore.Open(Campaign.Open(folder), time, indexed: false);
        Assert.Null(LiveStatusFile.Read(folder));
    }

    [Fact]
    public void LiveStatus_ThatCannotBeWritten_IsReportedAndNotFatal()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Directory.CreateDirectory(folder.LivePath);
        Assert.NotNull(new LiveStatusFile(folder, store.Owner, TimeProvider.System).Publish(new LiveStatus(default, 0, [])));
    }
}
