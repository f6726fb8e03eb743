using HyperSearch.Cli.Invocation;

namespace HyperSearch.Cli.Tests;

public sealed class PollingBudgetTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.3);
    private static readonly DateTimeOffset Start = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Take_OfNineLooksInARowNeverWaits() => Assert.Equal(Enumerable.Repeat(0.0, 9), Waits(processors: 2, looks: 9));

    [Fact]
    public void Take_OnMoreProcessorsLetsMoreLooksPass() => Assert.Equal(33, Waits(processors: 8, looks: 50).Count(wait => wait == 0));

    [Fact]
    public void Take_OfALookEverySixSecondsNeverWaits()
    {
        var budget = new PollingBudget(_path, processors: 2);
        for (var look = 0; look < 1_000; look++)
            Assert.Equal(TimeSpan.Zero, budget.Take(Look, Start + TimeSpan.FromSeconds(6 * look)));
    }

    [Fact]
    public void Take_ByFourReadersInALoopForAMinuteGivesTheirShare()
    {
        var budget = new PollingBudget(_path, processors: 2);
        var (taken, minute) = (TimeSpan.Zero, TimeSpan.FromMinutes(1));
        var readers = new PriorityQueue<int, TimeSpan>([(0, default), (1, default), (2, default), (3, default)]);
        while (readers.TryDequeue(out var reader, out var at) && at < minute)
        {
            var wait = budget.Take(Look, Start + at)!.Value;
            if (at + wait < minute)
                taken += Look;
            readers.Enqueue(reader, at + wait + Look);
        }

        Assert.InRange(taken / minute / 2, PollingBudget.Share, 1.9 * PollingBudget.Share); // the savings of the beginning are on top
    }

    [Fact]
    public void Take_NeverWaitsLongerThanTheLongestWait()
    {
        Assert.Equal(PollingBudget.LongestWait.TotalSeconds, Waits(processors: 1, looks: 1_000).Max());
        // the clock was set back
        Assert.Equal(PollingBudget.LongestWait, new PollingBudget(_path, processors: 2).Take(Look, Start.AddYears(-1)));
    }

    [Fact]
    public void Take_OfLessThanNothingGivesItBack()
    {
        var budget = new PollingBudget(_path, processors: 2);
        var waits = Enumerable.Range(0, 20).Select(_ =>
        {
            var wait = budget.Take(Look, Start)!.Value;
            budget.Take(-Look, Start);
            return wait;
        });
        Assert.All(waits, wait => Assert.Equal(TimeSpan.Zero, wait));
    }

    [Fact]
    public void Take_WhileAnotherProcessTakesSome_SaysSo()
    {
        using var other = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Null(new PollingBudget(_path, processors: 2).Take(Look, Start));
    }

    private IEnumerable<double> Waits(int processors, int looks)
    {
        var budget = new PollingBudget(_path, processors);
        return [.. Enumerable.Range(0, looks).Select(_ => budget.Take(Look, Start)!.Value.TotalSeconds)];
    }
}
