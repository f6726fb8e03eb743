using System.Collections.Immutable;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Objectives;

/// <summary>A command of its own for each job: what it is told, and how it starts.</summary>
public class OnceProtocolTests : CommandFixture
{
    [Theory]
    [InlineData("a b  c")]
    [InlineData("")]
    [InlineData("$(touch pwned) `touch pwned` ; touch pwned & | > pwned ' \" \\ * ~ !")]
    [InlineData("two\nlines\n")]
    [InlineData("--flag=ü — 字")]
    public void Run_PassesAnyWordUnchanged(string word)
    {
        var objective = Shell(
            """printf '%s|' "$@" > seen; printf '%s' "$HYPERSEARCH_PARAMS" > json""", ["{word}", "w={word}"], parameters: ["word"]);
        Run(objective, Job(point: ("word", word)));
        Assert.Equal($"{word}|w={word}|", Read("seen"));
        Assert.Equal(word, System.Text.Json.JsonDocument.Parse(Read("json")).RootElement.GetProperty("word").GetString());
        Assert.False(File.Exists(Path.Combine(Folder, "pwned")));
    }

    [Fact]
    public void Run_PassesNumbersWhateverTheLocale()
    {
        var objective = Shell("""echo "$@" > seen; echo "$LC_ALL" >> seen""", ["{lr}", "{units}", "{bn}"], definition => definition with
        {
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("LC_ALL", "de_DE.UTF-8"),
        }, "lr", "units", "bn");
        Run(objective, Job(point: [("lr", 1e-7), ("units", 65536), ("bn", true)]));
        Assert.Equal("1e-7 65536 true\nde_DE.UTF-8\n", Read("seen"));
    }

    [Fact]
    public void Run_TellsTheCommandOfItsJob()
    {
        var objective = Shell("""
            echo "$HYPERSEARCH_TRIAL $HYPERSEARCH_EPOCHS $HYPERSEARCH_SEED" > seen
            echo "$HYPERSEARCH_CHECKPOINT_DIR" >> seen
            pwd >> seen
            """);
        var job = Job(trial: 17, from: 3, to: 9);
        Run(objective, job);
        Assert.Equal($"17 9 {(0x12345678u ^ 0x9ABCDEF0u) & int.MaxValue}\n{job.CheckpointFolder}\n{Folder}\n", Read("seen"));
    }

    [Theory]
    [InlineData(0, "a")]
    [InlineData(1, "b,c")]
    [InlineData(5, "b,c")]
    public void Run_GivesEachWorkerItsDevice(int worker, string device)
    {
        const string script = """echo "$1 $HYPERSEARCH_WORKER $CUDA_VISIBLE_DEVICES $HOME_OF" > seen""";
        var objective = Shell(script, ["{worker}"], definition => definition with
        {
            Devices = ["a", "b,c"],
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("HOME_OF", "w{worker}"),
        });
        Run(objective, new FakeJob(Folder) { Worker = worker });
        Assert.Equal($"{worker} {worker} {device} w{worker}\n", Read("seen"));
    }

    [Fact]
    public void Run_KeepsTheSecretOfTheClusterFromTheProgram()
    {
        Environment.SetEnvironmentVariable("HYPERSEARCH_SECRET", "hs1_");
        Run(Shell("""echo "[$HYPERSEARCH_SECRET]" > seen"""), Job());
        Assert.Equal("[]\n", Read("seen"));
    }

    [Fact]
    public void Objective_OfACommandIsRefusedElsewhereThanOnLinux()
    {
        var refusal = Assert.Throws<CampaignException>(() =>
            new CommandObjective(new CommandDefinition(["true"], Folder), new Space([]), isLinux: false));
        Assert.StartsWith("Commands run on Linux only", refusal.Message, StringComparison.Ordinal);
        new CommandObjective(new CommandDefinition(["true"], Folder), new Space([]), isLinux: true).Dispose();
    }

    [Fact]
    public void Run_SaysWhyAProgramCannotStart()
    {
        Write("plain.sh", "#!/bin/sh\n");
        WriteProgram("no-header", "\u0001\u0002");
        WriteProgram("no-interpreter", "#!/nowhere/sh\n");
        Fails("no-such-program", "is not in PATH. Install it");
        Fails("plain.sh", "write \"./plain.sh\" to run it");
        Fails("./plain.sh", "may not be executed");
        Fails("./missing", "does not exist");
        Fails(".", "is a folder", "/");
        Fails("./no-header", "#!/bin/sh");
        Fails("./no-interpreter", "or the interpreter");

        void Fails(string program, string expected, string suffix = "")
        {
            var failure = Assert.Throws<CommandFailedException>(() => Run(Command([program + suffix]), Job()));
            Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_RunsAScriptThatNamesItsInterpreter()
    {
        WriteProgram("train", "#!/bin/sh\necho '{\"dev_error\": 0.5}'\n");
        var job = Job();
        Run(Command(["./train"]), job);
        Assert.Equal(0.5, job.Value);
    }

    [Fact]
    public void Run_NamesAMissingWorkingDirectory()
    {
        var objective = Command(["sh", "-c", "exit 0"], definition => definition with { WorkingDirectory = Path.Combine(Folder, "gone") });
        var failure = Assert.Throws<CommandFailedException>(() => Run(objective, Job()));
        Assert.Contains("gone\" does not exist", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RefusesANulCharacter()
    {
        var failure = Assert.Throws<CommandFailedException>(() =>
            Run(Shell("", ["{word}"], parameters: ["word"]), Job(point: ("word", "a\0b"))));
        Assert.Contains("\"a\\0b\"", failure.Message, StringComparison.Ordinal);
    }

    private void Run(CommandObjective objective, FakeJob job) => objective.Run(job, Cancelled);
}
