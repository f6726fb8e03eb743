using System.Diagnostics;

namespace HyperSearch.Tests.Objectives;

[Collection(Alone.Name)]
public class CommandSpeedTests : CommandFixture
{
    [Fact]
    public void Worker_CostsLessThanAMillisecondATrial()
    {
        var objective = Shell("""
            while read -r line; do
              trial=${line#*'"trial":'}; trial=${trial%%,*}
              echo "{\"trial\": $trial, \"epoch\": 1, \"dev_error\": 0.5}"; echo "{\"trial\": $trial, \"done\": true}"
            done
            """, change: definition => definition with { KeepAlive = true });
        var job = new FakeJob(Folder);
        objective.Run(job, Cancelled);
        var best = Enumerable.Range(0, 10).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 100; i++)
                objective.Run(job, Cancelled);
            return watch.Elapsed / 100;
        });
        TestContext.Current.SendDiagnosticMessage("a worker's trial costs {0:0} µs", best.TotalMicroseconds);
        Assert.True(best < TimeSpan.FromMilliseconds(1), $"{best.TotalMilliseconds} ms");
    }
}
