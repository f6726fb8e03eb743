using HyperSearch.Cluster.Execution;

namespace HyperSearch.Cluster.Tests.Execution;

/// <summary>What a host says while trials wait and nobody is there.</summary>
public sealed class VacancyTests
{
    private readonly Vacancy _vacancy = new();

    [Fact]
    public void Look_SpeaksAfterAMinuteAndThenEverMoreSeldom()
    {
        var said = Enumerable.Range(0, 20).Where(minute => _vacancy.Look(TimeSpan.FromMinutes(minute), isVacant: true) is not null);
        Assert.Equal([1, 2, 4, 8, 16], said);
    }

    [Fact]
    public void Look_BeginsAnewWhenAWorkerWasThere()
    {
        Assert.Null(_vacancy.Look(TimeSpan.Zero, isVacant: true));
        Assert.NotNull(_vacancy.Look(TimeSpan.FromMinutes(3), isVacant: true));
        Assert.Null(_vacancy.Look(TimeSpan.FromMinutes(4), isVacant: false));
        Assert.Null(_vacancy.Look(TimeSpan.FromMinutes(8), isVacant: true));
        Assert.Equal(
            "Trials wait, and no worker has been there for 90 s. Start one by the command above.",
            _vacancy.Look(TimeSpan.FromMinutes(9.5), isVacant: true));
    }

    [Fact]
    public void Look_TellsOfThoseThatWereRefused()
    {
        Assert.True(_vacancy.Refuse("w", "It lacks a label."));
        Assert.False(_vacancy.Refuse("w", "It lacks a label."));
        Assert.True(_vacancy.Refuse("v", "Another version."));
        _vacancy.Look(TimeSpan.Zero, isVacant: true);
        Assert.EndsWith(" 2 workers were refused, the last because: Another version.",
            _vacancy.Look(TimeSpan.FromMinutes(2), isVacant: true), StringComparison.Ordinal);
    }
}
