using HyperSearch.Samplers;

namespace HyperSearch.Tests.Samplers;

/// <summary>
/// Holds a sampler to its promise that a late decision costs what an early one does, by the memory that it allocates: time would depend on
/// the machine.
/// </summary>
internal static class FlatCost
{
    public static void Holds(ISampler sampler)
    {
        var game = new Game(sampler, Grounds.Mixed, Grounds.Tuned, slots: 8).Play(100);
        var early = Allocated(game);
        game.Play(5_000);
        Assert.InRange(Allocated(game), 0, 1.6 * early);
    }

    private static long Allocated(Game game)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        game.Play(100);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
