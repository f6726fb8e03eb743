using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;

namespace HyperSearch.Tests.Objectives;

public class StoppingTests : CommandFixture
{
    [Fact]
    public void Run_LetsTheCommandLeaveWhenItsRuleStopsIt()
    {
        var objective = Shell("""
            trap 'echo saved > checkpoint; exit 1' TERM
            e=0
            while :; do e=$((e + 1)); echo "{\"epoch\": $e, \"dev_error\": 1}"; sleep 0.02; done
            """, change: definition => definition with { Grace = TimeSpan.FromMinutes(1) });
        var job = new FakeJob(Folder, to: 1000) { GoesOn = epoch => epoch < 3 };
        objective.Run(job, Cancelled);
        Assert.Equal([1, 2, 3], job.Epochs);
        Assert.Equal("saved\n", Read("checkpoint"));
    }

    [Fact]
    public void Run_EndsACommandThatIgnoresSigtermWithAllItStarted()
    {
        var objective = Shell("""
            trap '' TERM
            echo $$ > child
            sh -c 'trap "" TERM; echo $$ > grandchild; sleep 1000 & echo $! > great-grandchild; wait' &
            while [ ! -s great-grandchild ]; do sleep 0.01; done
            echo '{"dev_error": 1}'
            sleep 1000
            """);
        CancelAtFirstReport(objective);
        Assert.All(["child", "grandchild", "great-grandchild"], name => Await(() => !Lives(ReadNumber(name))));
    }

    [Fact]
    public void Run_EndsAProcessThatLeftTheGroup()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/setsid"), "setsid (util-linux) is not installed");
        var objective = Shell("""
            setsid sh -c 'trap "" TERM; echo $$ > runaway; sleep 1000' > /dev/null 2>&1 &
            while [ ! -s runaway ]; do sleep 0.01; done
            echo '{"dev_error": 1}'
            trap '' TERM
            while :; do sleep 1000; done
            """);
        CancelAtFirstReport(objective);
        Await(() => !Lives(ReadNumber("runaway")));
    }

    [Fact]
    public void Run_EndsWhatACommandLeavesBehind()
    {
        var job = Job();
        var objective = Shell("""sleep 1000 & echo $! > left; echo '{"dev_error": 0.5}'""");
        objective.Run(job, Cancelled);
        Assert.Equal(0.5, job.Value);
        Await(() => !Lives(ReadNumber("left")));
    }

    [Fact]
    public void Run_StopsACommandThatPrintsWithoutEnd()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        stop.CancelAfter(TimeSpan.FromMilliseconds(300));
        var objective = Shell("trap '' TERM; yes | tr -d '\\n'");
        Assert.Throws<OperationCanceledException>(() => objective.Run(Job(), stop.Token));
    }

    [Fact]
    public void Run_StopsACommandThatHasClosedItsOutput()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        stop.CancelAfter(TimeSpan.FromMilliseconds(100));
        var objective = Shell("exec > /dev/null 2>&1; sleep 1000");
        Assert.Throws<OperationCanceledException>(() => objective.Run(Job(), stop.Token));
    }

    [Fact]
    public void Run_EndsTheCommandWhenReportingFails()
    {
        var objective = Shell("""echo $$ > child; echo '{"dev_error": 1}'; sleep 1000""");
        var job = new FakeJob(Folder) { GoesOn = _ => throw new InvalidDataException("the caller's own") };
        Assert.Throws<InvalidDataException>(() => objective.Run(job, Cancelled));
        Await(() => !Lives(ReadNumber("child")));
    }

    [Fact]
    public void Run_EndsAProcessThatLeftTheGroupOfACommandThatFails()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/setsid"), "setsid (util-linux) is not installed");
        var objective = Shell("""
            setsid sh -c 'echo $$ > runaway; exec sleep 1000' < /dev/null > /dev/null 2>&1 &
            while [ ! -s runaway ]; do sleep 0.01; done
            exit 3
            """);
        Assert.Throws<TransientFailureException>(() => objective.Run(Job(), Cancelled));
        Await(() => !Lives(ReadNumber("runaway")));
    }

    [Fact]
    public void Guard_EndsTheGroupsOfAParentThatDies()
    {
        var guard = new ChildGuard();
        var leaves = File.Exists("/usr/bin/setsid");
        var script = Write("script.sh", $$"""
            {{(leaves ? "setsid sh -c 'echo $$ > runaway; exec sleep 1000' < /dev/null > /dev/null 2>&1 &" : "")}}
            sleep 1000 & echo $! > grandchild; sleep 1000
            """);
        var environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };
        using var child = ChildProcess.Start(new ChildStart("/bin/sh", ["sh", script], Folder, environment), guard);
        using var other = ChildProcess.Start(new ChildStart("/bin/sh", ["sh", "-c", "sleep 1000"], Folder, environment), guard);
        Await(() => File.Exists(Path.Combine(Folder, "grandchild")) && Read("grandchild").EndsWith('\n'));
        Await(() => !leaves || (File.Exists(Path.Combine(Folder, "runaway")) && Read("runaway").EndsWith('\n')));
        guard.Forget(other.Id);
        guard.Dispose(); // closes the pipe, as our death would
        Await(() => child.HasExited && !Lives(ReadNumber("grandchild")) && (!leaves || !Lives(ReadNumber("runaway"))));
        Assert.False(other.HasExited);
    }

    [Fact]
    public void Guard_IsReplacedWhenItDies()
    {
        using var guard = new ChildGuard();
        var environment = new Dictionary<string, string>();
        using var first = ChildProcess.Start(new ChildStart("/bin/sh", ["sh", "-c", "read -r forever"], "/",
            environment)
        { TakesInput = true }, guard);
        var before = guard.Id!.Value;
        _ = Libc.Kill(before, Libc.SigKill);
        Await(() => !Lives(before));
        using var second = ChildProcess.Start(new ChildStart("/bin/sh", ["sh", "-c", "read -r forever"], "/",
            environment)
        { TakesInput = true }, guard);
        Assert.NotEqual(before, guard.Id);
        Assert.False(first.HasExited);
        guard.Dispose();
        Await(() => first.HasExited && second.HasExited);
    }

    private void CancelAtFirstReport(CommandObjective objective)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var job = new FakeJob(Folder) { GoesOn = _ => Cancel(stop) };
        Assert.Throws<OperationCanceledException>(() => objective.Run(job, stop.Token));
    }

    private static bool Cancel(CancellationTokenSource source)
    {
        source.Cancel();
        return true;
    }
}
