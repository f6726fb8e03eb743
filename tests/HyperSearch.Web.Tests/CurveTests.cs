using HyperSearch.Hosting.Stores;
using HyperSearch.Web.Following;

namespace HyperSearch.Web.Tests;

/// <summary>The curves of trials under way.</summary>
public sealed class CurveTests
{
    [Fact]
    public void Memory_KeepsACurveAsLongAsItsJobRuns()
    {
        var memory = new CurveMemory();
        memory.Note([Job(1, 1, 0.5), Job(2, 1, null)]);
        memory.Note([Job(1, 1, 0.5), Job(2, 4, 0.2)]);
        memory.Note([Job(1, 3, 0.4), Job(2, 4, 0.2)]);
        Assert.Equal([(1, 0.5), (3, 0.4)], memory.Of(1));
        Assert.Equal([(4, 0.2)], memory.Of(2));
        memory.Note([Job(2, 5, 0.1)]);
        Assert.Empty(memory.Of(1));
    }

    [Fact]
    public void Memory_OfALongJobIsThinnedAndKeepsItsEnds()
    {
        var memory = new CurveMemory();
        for (var epoch = 1; epoch <= 5000; epoch++)
            memory.Note([Job(1, epoch, epoch)]);
        Assert.InRange(memory.Of(1).Count, 100, 400);
        Assert.Equal((1, 1.0), memory.Of(1)[0]);
        Assert.Equal((5000, 5000.0), memory.Of(1)[^1]);
    }

    private static LiveJob Job(int job, int epoch, double? value) => new(job, job, epoch, 9, 0, value);
}
