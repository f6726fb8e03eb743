using HyperSearch.Cluster.Execution;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Cluster.Tests.Files;
using HyperSearch.Hosting.Searches;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Cluster.Tests.Execution;

/// <summary>A worker against hosts that are not as they should be.</summary>
public sealed class ClusterWorkerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_EndsWhenTheHostThatCameBackRefusesTheWorker()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.OnJoin = join => join == 0 ? ScriptedHost.WelcomeTo("{command: [sh, -c, \"exit 0\"]}") : Welcome.Refused("Another version.");
        var refusal = await Assert.ThrowsAsync<ClusterException>(
            () => host.Worker(_folder.Path).RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Another version.", refusal.Message);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_OnlyTrainingRunsNoCommandWhateverTheHostThinksOfIt()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.OnJoin = _ => ScriptedHost.WelcomeTo("{command: [sh, -c, \"exit 0\"]}");
        var worker = host.Worker(_folder.Path, options => options with { OnlyTraining = true });
        var refusal = await Assert.ThrowsAsync<ClusterException>(() => worker.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HostFacts.OnlyTrainingRefusal, refusal.Message);
    }

    [Theory]
    [InlineData("--root")]
    [InlineData("--shared")]
    public async Task RunAsync_LooksForItsFoldersBeforeItLooksForItsHost(string option)
    {
        var options = new ClusterWorkerOptions("127.0.0.1:1") { Work = _folder.Path };
        options = option == "--root" ? options with { Root = _folder["none"] } : options with { Shared = _folder["none"] };
        var worker = new ClusterWorker(options, objective: null, TimeProvider.System, NullLoggerFactory.Instance);
        var refusal = await Assert.ThrowsAsync<ClusterException>(() => worker.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"{option} {_folder["none"]}: there is no such folder on this machine.", refusal.Message);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("{data: \"$/own.csv\", label: y, epochs: 2}", "own.csv")]
    [InlineData("{data: {train: \"$/kept/jobs/../../own.csv\", dev: \"$/own.csv\"}, label: y, epochs: 2}", "own.csv")]
    [InlineData("{data: own.csv, label: y, epochs: 2}", "own.csv")]
    [InlineData("{data: \"$/kept/cache/../../own.csv\", label: y, epochs: 2}", "own.csv")]
    public async Task RunAsync_ReadsNoFileOfItsOwnMachineForAHost(string train, string named)
    {
        _folder.Write("own.csv", "x,y\n1,a\n2,b\n"u8.ToArray());
        await using var host = await ScriptedHost.StartAsync();
        host.OnJoin = _ => ScriptedHost.WelcomeTo(
            $"{{train: {train.Replace("$", _folder.Path, StringComparison.Ordinal)}}}", _folder.Path);
        var refusal = await Assert.ThrowsAsync<ClusterException>(
            () => host.Worker(_folder["kept"]).RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("reads no file of its own machine", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    [InlineData("/proc/x")]
    public async Task RunAsync_SaysBeforeItDialsThatItsFolderIsOfNoUse(string work)
    {
        _folder.Write("file", 1);
        var worker = new ClusterWorkerOptions("127.0.0.1:1") { Work = Path.Combine(_folder.Path, work) };
        var refusal = await Assert.ThrowsAsync<ClusterException>(
            () => new ClusterWorker(worker, null, TimeProvider.System, NullLoggerFactory.Instance)
                .RunAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith($"The worker cannot keep its files in \"{worker.Work}\": ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("by --work DIR.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_LeavesWithTheReasonWhenCommandsCannotBeStartedAnyMore()
    {
        var script = _folder.Write("place/train", "#!/bin/sh\nexit 0\n"u8.ToArray())["place/train"];
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var host = await ScriptedHost.StartAsync();
        host.OnJoin = _ => ScriptedHost.WelcomeTo("{command: [./train]}", _folder["place"]);
        var reports = new List<Report>();
        host.OnReport = report =>
        {
            lock (reports)
                reports.Add(report);
            File.Delete(script); // the folder was unmounted, say
            return Task.FromResult(report is { Held: [], IsDraining: false }
                ? LeasedWorkersTests.Grant() : new Reply("host", [], [], [], [], [], [], IsOver: false));
        };
        var refusal = await Assert.ThrowsAsync<ClusterException>(
            () => host.Worker(_folder["work"]).RunAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith(
            "Trials cannot be run here any more, and the jobs in hand went back. The program \"./train\"", refusal.Message,
            StringComparison.Ordinal);
        Assert.All(reports, report => Assert.Empty(report.Finished));
        Assert.True(reports[^1] is { IsDraining: true, Held: [] });
        Assert.StartsWith("it cannot run trials any more: The program", reports[^1].LeavesBecause, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_WithKeepWaitsForACampaignLongerThanItIsPatient()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.OnJoin = join => join < 3 ? Welcome.Later(join == 1 ? WelcomeKind.Over : WelcomeKind.NotYet) : Welcome.Refused("Found me.");
        var worker = host.Worker(_folder.Path, options => options with { Keep = true, Patience = TimeSpan.FromSeconds(0.2) });
        var refusal = await Assert.ThrowsAsync<ClusterException>(() => worker.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Found me.", refusal.Message);
    }

    /// <summary>Three campaigns: one refuses the worker, in one it cannot run the command, and the third it works for.</summary>
    [Fact(Timeout = 60_000)]
    public async Task RunAsync_WithKeepWaitsForTheCampaignAfterOneThatDoesNotTakeIt()
    {
        await using var host = await ScriptedHost.StartAsync();
        var declined = new List<string>();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        host.OnHello = hello =>
        {
            declined.Add(hello.Declined);
            return hello.Declined switch
            {
                "" => Welcome.Refused("It needs a label.", "first"),
                "first" when declined.Count < 4 => Welcome.Later(WelcomeKind.NotYet),
                "first" => ScriptedHost.WelcomeTo("{command: [no-such-program]}") with { Session = "second" },
                _ => ScriptedHost.WelcomeTo("{command: [sh, -c, \"exit 0\"]}", identity: "3") with { Session = "third" },
            };
        };
        host.OnReport = report => report.LeavesBecause is null ? Over() : Task.FromResult(Reply.ToStranger(""));
        var worker = host.Worker(_folder.Path, options => options with { Keep = true });
        var running = worker.RunAsync(leave.Token);
        Assert.Equal(WorkerEnding.ToldToLeave, await running);
        Assert.Equal(["", "first", "first", "first", "second"], declined.Take(5));

        Task<Reply> Over()
        {
            leave.Cancel();
            return Task.FromResult(new Reply("host", [], [], [], [], [], [], IsOver: true));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_HasNoMorePatienceWithAHostThatGoesWhileItSendsFiles()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.OnJoin = join => join == 0 ? WithData("gone.csv") : Welcome.Later(WelcomeKind.NotYet);
        var worker = host.Worker(_folder["work"], options => options with { Patience = TimeSpan.FromSeconds(1) });
        Assert.Equal(WorkerEnding.HostLost, await worker.RunAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_GoesOnWithTheFilesOfAHostThatCameBack()
    {
        _folder.Write("own.csv", [.. "x,y\n"u8, .. Enumerable.Repeat("1,a\n2,b\n"u8.ToArray(), 40).SelectMany(rows => rows)]);
        await using var host = await ScriptedHost.StartAsync();
        var search = SearchFile.Parse(WithData("own.csv").SearchText, "x.yaml", _folder.Path);
        host.OnJoin = join =>
        {
            if (join == 2) // it says all the time that it is there
                host.Open(new FilesDoor(InputFiles.Of(search), null!, null!));
            return WithData("own.csv");
        };
        host.OnReport = report => Task.FromResult(new Reply("host", [], [], [], [], [], [], IsOver: true));
        var worker = host.Worker(_folder["work"], options => options with { Patience = TimeSpan.FromSeconds(30) });
        Assert.Equal(WorkerEnding.CampaignOver, await worker.RunAsync(TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(_folder["work/cache"], "*.csv"));
    }

    public void Dispose() => _folder.Dispose();

    private Welcome WithData(string name)
    {
        var welcome = ScriptedHost.WelcomeTo($"{{train: {{data: {name}, label: y, epochs: 2}}}}", _folder.Path);
        var path = _folder[name];
        var entry = File.Exists(path) ? new FileEntry(name, new FileInfo(path).Length, FileHash.Of(path))
            : new FileEntry(name, 10, new string('0', 32));
        return welcome with { Inputs = [new InputFile("objective.train.data", path, false, [entry])] };
    }
}
