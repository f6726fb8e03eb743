using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Campaigns;

public sealed class DoctorTests
{
    [Fact]
    public void Examine_OfAHealthyCampaign_FindsNothingWrong()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        Assert.All(Doctor.Examine(folder), finding => Assert.Equal((FindingSeverity.Note, false), (finding.Severity, finding.Repairable)));
        Assert.Empty(Doctor.Repair(folder, TimeProvider.System));
    }

    [Fact]
    public void Repair_KeepsEveryWholeRecordOfADamagedJournal()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        var bytes = File.ReadAllBytes(folder.JournalPath);
        var victims = (int[])[3, 4, 9];
        var offsets = JournalSurvey.Of(folder.JournalPath).Records;
        foreach (var job in victims)
            bytes[offsets[2 + job] + 40] ^= 1; // after how it was created and the session's start
        File.WriteAllBytes(folder.JournalPath, bytes);

        Assert.Throws<StoreException>(() => CampaignStore.Open(folder, TimeProvider.System));
        Assert.Equal(2, Doctor.Examine(folder).Count(finding => finding is { Severity: FindingSeverity.Error, Repairable: true }));
        Assert.NotEmpty(Doctor.Repair(folder, TimeProvider.System));
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            Assert.Equal(Enumerable.Range(0, 12).Except(victims), store.ReadOutcomes().Select(outcome => outcome.Job));
        Assert.Equal(bytes, File.ReadAllBytes(folder.JournalPath + ".damaged"));
        Assert.DoesNotContain(Doctor.Examine(folder), finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void Repair_MendsTheHeader()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        Flip(folder, 3);
        Assert.Contains(Doctor.Examine(folder), finding => finding is { Severity: FindingSeverity.Error, Repairable: true });
        Doctor.Repair(folder, TimeProvider.System);
        Assert.Equal(12, Campaign.Open(folder).ReadOutcomes().Count);
    }

    [Fact]
    public void Repair_LeavesAloneWhatHasLostItsBeginning()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        Flip(folder, JournalFormat.HeaderSize + 30);
        var before = File.ReadAllBytes(folder.JournalPath);
        Assert.Contains("Run the search anew", Assert.Single(Doctor.Repair(folder, TimeProvider.System)), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder.JournalPath));
    }

    [Fact]
    public void Examine_FindsWhatIsLeftOverAndRepairRemovesIt()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        string[] leftOver =
            [folder.CheckpointFolder(70), Path.Combine(folder.CheckpointsPath, "notes"), Path.Combine(scratch.Results, ".c.new-77")];
        foreach (var path in leftOver)
            Directory.CreateDirectory(path);
        Directory.CreateDirectory(folder.CheckpointFolder(5));
        Directory.CreateDirectory(folder.CheckpointFolder(30));
        var warnings = Doctor.Examine(folder).Where(finding => finding.Severity == FindingSeverity.Warning).ToList();
        Assert.All(leftOver,
            path => Assert.Contains(warnings, finding => finding.Repairable && finding.Message.Contains(path, StringComparison.Ordinal)));
        Assert.Equal(leftOver.Length, warnings.Count);
        Doctor.Repair(folder, TimeProvider.System);
        Assert.DoesNotContain(leftOver, Directory.Exists);
        Assert.True(Directory.Exists(folder.CheckpointFolder(5)) && Directory.Exists(folder.CheckpointFolder(30)));
    }

    [Fact]
    public void Examine_SaysThatTheSearchFileIsMissingAndWhoRunsTheCampaign()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        File.Delete(folder.SearchPath);
        using var store = CampaignStore.Open(folder, TimeProvider.System);
        Assert.Contains(Doctor.Examine(folder),
            finding => finding.Severity == FindingSeverity.Error && finding.Message.Contains("search.yaml", StringComparison.Ordinal));
        Assert.Contains(Doctor.Examine(folder),
            finding => finding.Message.Contains($"process {Environment.ProcessId} ", StringComparison.Ordinal));
        Assert.Contains("is being run", Assert.Throws<StoreException>(() => Doctor.Repair(folder, TimeProvider.System)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Repair_BuildsTheIndexAnew()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        File.Delete(folder.IndexPath);
        Assert.Contains(Doctor.Examine(folder),
            finding => finding.Repairable && finding.Message.Contains("index is missing", StringComparison.Ordinal));
        Assert.Single(Doctor.Repair(folder, TimeProvider.System));
        Assert.DoesNotContain(Doctor.Examine(folder), finding => finding.Repairable);
    }

    [Fact]
    public void Examine_FindsDamagedCheckpointsAndTheModelAndRepairRemovesThem()
    {
        using var scratch = new Scratch();
        var folder = Campaign.Create(new CampaignFolder(Path.Combine(scratch.Results, "c")), Scratch.Text,
            Scratch.Created with { DataFingerprint = "data" }).Folder;
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
        {
            store.Append(new SessionStarted(Scratch.Created.At, 1, "host", 4, 1));
            store.Append([Any.Plain(0), Any.Plain(1)]);
        }

        Directory.CreateDirectory(folder.CheckpointFolder(0));
        Directory.CreateDirectory(folder.CheckpointFolder(1));
        foreach (var name in (string[])["trainer.bin", "measurements.json"])
            File.WriteAllText(Path.Combine(folder.CheckpointFolder(1), name), "garbage");
        File.WriteAllText(folder.ModelPath, "garbage");
        string[] damaged = [folder.CheckpointFolder(0), folder.CheckpointFolder(1), folder.ModelPath];
        var warnings = Doctor.Examine(folder).Where(finding => finding.Severity == FindingSeverity.Warning).ToList();
        Assert.Equal(damaged.Length, warnings.Count);
        Assert.All(damaged,
            path => Assert.Contains(warnings,
                finding => finding.Repairable && finding.Message.Contains($"\"{path}\" is not a whole", StringComparison.Ordinal)));
        Doctor.Repair(folder, TimeProvider.System);
        Assert.DoesNotContain(damaged, Path.Exists);
    }

    [Fact]
    public void Examine_KnowsTheTrialsThatWereAskedForInTheMidstOfASession()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
        {
            store.Append(new TrialsChanged(DateTimeOffset.UnixEpoch, 12, 12, 60));
            store.Append([Any.Plain(40)]);
        }

        Assert.DoesNotContain(Doctor.Examine(folder), finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void Examine_FindsAnOutcomeBeyondTheTrialsThatWereAskedFor()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append([Any.Plain(40)]);
        Assert.Contains(Doctor.Examine(folder),
            finding => finding.Severity == FindingSeverity.Error
                && finding.Message.Contains("only 40 trials were asked for", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("checkpoints")]
    [InlineData("checkpoints/000099")]
    public void Repair_TouchesNothingBehindALink(string name)
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        var strangers = Path.Combine(scratch.Results, "strangers");
        Directory.CreateDirectory(Path.Combine(strangers, "thesis"));
        File.WriteAllText(Path.Combine(strangers, "thesis", "text"), "mine");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, name))!);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, name), strangers);
        var message = Assert.Single(Doctor.Repair(folder, TimeProvider.System));
        Assert.Contains("is a link", message, StringComparison.Ordinal);
        Assert.Contains(Doctor.Examine(folder),
            finding => finding.Severity == FindingSeverity.Error && finding.Message.Contains("is a link", StringComparison.Ordinal));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(strangers, "thesis", "text")));
    }

    [Fact]
    public void Repair_RestoresTheSearchFileFromTheJournal()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        File.Delete(folder.SearchPath);
        Assert.Contains(Doctor.Examine(folder),
            finding => finding.Repairable && finding.Message.Contains("search.yaml", StringComparison.Ordinal));
        Doctor.Repair(folder, TimeProvider.System);
        Assert.Equal(Scratch.Text, File.ReadAllText(folder.SearchPath));
        Assert.DoesNotContain(Doctor.Examine(folder), finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void Repair_OfALockThatIsAFolder_PutsAFileInItsPlaceUnlessSomethingLiesInIt()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        File.Delete(folder.LockPath);
        var inside = Directory.CreateDirectory(Path.Combine(folder.LockPath, "something")).FullName;
        Assert.Contains(Doctor.Examine(folder),
            finding => finding is { Severity: FindingSeverity.Error, Repairable: false }
                && finding.Message.Contains("is a folder", StringComparison.Ordinal));
        Assert.Throws<StoreException>(() => Doctor.Repair(folder, TimeProvider.System));
        Directory.Delete(inside);
        Assert.Contains(Doctor.Examine(folder), finding => finding is { Severity: FindingSeverity.Error, Repairable: true });
        Doctor.Repair(folder, TimeProvider.System);
        CampaignStore.Open(folder, TimeProvider.System).Dispose();
    }

    [Theory]
    [InlineData("search.yaml")]
    [InlineData("model.bin")]
    [InlineData("index.db")]
    [InlineData("owner.json")]
    [InlineData("live.json")]
    public void Repair_OfAFileThatIsAFolder_RemovesItUnlessSomethingLiesInIt(string name)
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        var path = Path.Combine(folder.Path, name);
        File.Delete(path);
        var letter = Path.Combine(Directory.CreateDirectory(path).FullName, "letter");
        File.WriteAllText(letter, "mine");
        Assert.Contains(Doctor.Examine(folder), finding => finding is { Severity: FindingSeverity.Error, Repairable: false }
            && finding.Message.Contains($"{name}\" is a folder, where a file belongs", StringComparison.Ordinal));
        if (path == folder.OwnerPath)
            Assert.Throws<StoreException>(() => Doctor.Repair(folder, TimeProvider.System)); // nobody can own it
        else
            Doctor.Repair(folder, TimeProvider.System);
        Assert.True(File.Exists(letter));
        File.Delete(letter);
        Assert.Contains(Doctor.Examine(folder), finding => finding is { Severity: FindingSeverity.Error, Repairable: true }
            && finding.Message.Contains($"{name}\" is a folder", StringComparison.Ordinal));
        Assert.Contains($"\"{path}\" was removed: it was a folder.", Doctor.Repair(folder, TimeProvider.System));
        Assert.DoesNotContain(Doctor.Examine(folder), finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void Examine_FindsASearchFileThatNothingResumesFrom()
    {
        const string Text = "name: t\nobjective: {command: [echo]}\nminimize: loss\nspace: {x: {uniform: [0, 1]}}\nmethod: {trials: 2}\n";
        using var scratch = new Scratch();
        var folder = Campaign.Create(new CampaignFolder(Path.Combine(scratch.Results, "t")), Text, Scratch.Created).Folder;
        File.WriteAllText(folder.SearchPath, Text.Replace("trials", "tls", StringComparison.Ordinal));
        Assert.Contains(Doctor.Examine(folder), finding => finding is { Severity: FindingSeverity.Error, Repairable: false }
            && finding.Message.Contains("search.yaml:5:10: unknown key \"tls\"", StringComparison.Ordinal)
            && finding.Message.Contains("a repair restores the text with which the campaign began", StringComparison.Ordinal));
        File.Delete(folder.SearchPath);
        Doctor.Repair(folder, TimeProvider.System);
        Assert.Equal(Text, File.ReadAllText(folder.SearchPath));
        Assert.DoesNotContain(Doctor.Examine(folder), finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void Repair_OfAFinishedCampaignThatLostOutcomes_CallsItFinishedNoLonger()
    {
        using var scratch = new Scratch();
        var folder = Grown(scratch);
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append(new SessionEnded(Scratch.Created.At, 1, true, "all 12 trials are done"));
        var before = new Campaign(folder, Definitions.Of()).Read();
        Assert.Equal((CampaignState.Finished, 12), (before.State, before.Trials.Length));
        Flip(folder, (int)JournalSurvey.Of(folder.JournalPath).Records[5] + 40);
        Doctor.Repair(folder, TimeProvider.System);
        var after = new Campaign(folder, Definitions.Of()).Read();
        Assert.Equal((CampaignState.Interrupted, 11), (after.State, after.Trials.Length));
    }

    /// <summary>A campaign of 40 trials of which 12 have ended, each in a group of its own.</summary>
    private static CampaignFolder Grown(Scratch scratch)
    {
        var folder = scratch.Campaign();
        using var store = CampaignStore.Open(folder, TimeProvider.System);
        store.Append(new SessionStarted(Scratch.Created.At, 1, "host", 40, 1));
        for (var job = 0; job < 12; job++)
            store.Append([Any.Plain(job)]);
        store.Append(new SessionEnded(Scratch.Created.At, 1, false, "interrupted"));
        return folder;
    }

    private static void Flip(CampaignFolder folder, int at)
    {
        var bytes = File.ReadAllBytes(folder.JournalPath);
        bytes[at] ^= 1;
        File.WriteAllBytes(folder.JournalPath, bytes);
    }
}
