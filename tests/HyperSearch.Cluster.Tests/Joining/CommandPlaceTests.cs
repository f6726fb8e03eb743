using System.Runtime.Versioning;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Tests.Files;
using HyperSearch.Hosting.Objectives;

namespace HyperSearch.Cluster.Tests.Joining;

/// <summary>Whether a command can run at a worker at all.</summary>
[SupportedOSPlatform("linux")]
public sealed class CommandPlaceTests : IDisposable
{
    private const string Choice = "Name what it needs in the search file, objective.files: [train.py, lib/**], so that it is sent, or "
        + "start the worker with --root DIR, where DIR holds the same here.";

    private readonly TestFolder _host = new();
    private readonly TestFolder _worker = new();

    [Fact]
    public void FaultOf_IsNoneWhereEverythingIs()
    {
        Write(_host, "train.py", "sub/conf.json");
        Write(_worker, "train.py", "sub/conf.json");
        Assert.Null(FaultOf("sh", "-u", "train.py", "--conf", "sub/conf.json", "--lr", "{x}", "out.txt"));
        Assert.Null(FaultOf("{program}", "train.py"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FaultOf_NamesTheFileThatIsMissing(bool isSent)
    {
        Write(_host, "train.py", "conf.json");
        Write(_worker, "conf.json");
        Assert.Equal(
            isSent ? "The command names \"train.py\", which objective.files does not send. Add it there."
                : $"The command names \"train.py\", which \"{_worker.Path}\" does not have on this machine. {Choice}",
            FaultOf(["sh", "train.py", "conf.json"], isSent));
    }

    [Fact]
    public void FaultOf_KnowsBeforehandWhatIsNotSent()
    {
        Write(_host, "train.py", "lib/a.py", "conf.json");
        Assert.Null(FaultOf(["./train.py", "lib/../conf.json", "/etc/hosts"], "*"));
        Assert.Equal(
            "The command names \"lib/a.py\", which objective.files does not send. Add it there.", FaultOf(["train.py", "lib/a.py"], "*"));

        string? FaultOf(string[] arguments, string pattern) => CommandPlace.FaultOf(
            new CommandDefinition(["sh", .. arguments], _host.Path), CommandBundle.Of(_host.Path, [pattern]));
    }

    [Fact]
    public void FaultOf_TellsAnotherScriptFromTheHosts()
    {
        Write(_host, "train.py", "conf.json");
        _worker.Write("train.py", 11, seed: 2).Write("conf.json", 3);
        Assert.Equal(
            $"\"{_worker["train.py"]}\" is not the file that the host began with, so trials would not compare. Put the host's in its "
                + "place; where the host's own was edited since, start the host again.",
            FaultOf("sh", "train.py", "conf.json"));
        _worker.Write("train.py", 10);
        Assert.Null(FaultOf("sh", "train.py", "conf.json")); // only the script is compared: a command may write to the others
    }

    [Fact]
    public void FaultOf_NamesTheProgramThatIsMissing()
    {
        Assert.Equal(
            $"The program \"./train\" is found neither in \"{_worker.Path}\" nor in the PATH of this machine, or may not be run. {Choice}",
            FaultOf("./train"));
        Write(_worker, "train"); // nobody may run it
        Assert.NotNull(FaultOf("./train"));
        File.SetUnixFileMode(_worker["train"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Null(FaultOf("./train"));
        Assert.EndsWith(
            "or may not be run. Install it here, or send it with objective.files.", FaultOf(["no-such-program"], isSent: true),
            StringComparison.Ordinal);
    }

    [Fact]
    public void FaultOf_NamesTheInterpreterThatIsMissing()
    {
        _worker.Write("train", "#! /opt/none/python3 -u\nprint()\n"u8.ToArray());
        File.SetUnixFileMode(_worker["train"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal(
            $"The first line of \"{_worker["./train"]}\" names \"/opt/none/python3\", which this machine does not have. {Choice}",
            FaultOf("./train"));
    }

    [Fact]
    public void FaultOf_NamesTheFolderThatIsMissing() => Assert.Equal(
        $"The command runs in \"/no/such/folder\", which this machine does not have. {Choice}",
        CommandPlace.FaultOf(new CommandDefinition(["sh"], "/no/such/folder"), [], isSent: false));

    [Fact]
    public void FaultOf_LooksInThePathOfTheCommand()
    {
        Write(_worker, "bin/tool");
        File.SetUnixFileMode(_worker["bin/tool"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var command = new CommandDefinition(["tool"], _worker.Path);
        Assert.NotNull(CommandPlace.FaultOf(command, [], isSent: false));
        command = command with { Environment = command.Environment.Add("PATH", _worker["bin"]) };
        Assert.Null(CommandPlace.FaultOf(command, [], isSent: false));
    }

    public void Dispose()
    {
        _host.Dispose();
        _worker.Dispose();
    }

    private static void Write(TestFolder folder, params string[] paths)
    {
        foreach (var path in paths)
            folder.Write(path, 10);
    }

    private string? FaultOf(params string[] arguments) => FaultOf(arguments, isSent: false);

    private string? FaultOf(string[] arguments, bool isSent)
    {
        var command = new CommandDefinition([.. arguments], _host.Path);
        return CommandPlace.FaultOf(command with { WorkingDirectory = _worker.Path }, CommandPlace.FilesOf(command), isSent);
    }
}
