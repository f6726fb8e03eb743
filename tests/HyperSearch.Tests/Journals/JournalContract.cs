using CsCheck;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Journals;

/// <summary>The promises of every journal. A test class of an implementation derives from it.</summary>
public abstract class JournalContract : IDisposable
{
    private static readonly SessionStarted Started = new(Scratch.Created.At, 1, "host", 4, 1);

    private protected Scratch Place { get; } = new();

    public void Dispose()
    {
        Place.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Read_OfANewJournal_IsEmpty()
    {
        using var journal = Make();
        Assert.Empty(journal.Read());
    }

    [Fact]
    public void Read_GivesWhatWasFlushedInOrder()
    {
        var number = 0;
        Any.Outcome.Array[0, 5].Array[1, 4].Sample(
            groups =>
            {
                using var journal = Owned(Make());
                var job = 0;
                var model = new List<Outcome>();
                foreach (var group in groups)
                {
                    foreach (var outcome in group)
                    {
                        model.Add(outcome with { Job = job++ });
                        journal.Append(model[^1]);
                    }

                    journal.Append(Started with { Workers = ++number });
                    journal.Flush();
                }

                var entries = journal.Read().ToList();
                Assert.Equal(groups.Length, entries.Count(entry => entry.Event is SessionStarted));
                Assert.True(Outcomes.Same(model, entries.Select(entry => entry.Outcome).OfType<Outcome>()));
            },
            iter: 50, threads: 1, seed: "0000KOIKNDOX");
    }

    [Fact]
    public void Read_GoesOnFromAnyPosition()
    {
        using var journal = Grown(6);
        var all = journal.Read().ToList();
        Assert.Equal(Enumerable.Range(1, 6), all.Select(entry => (int)entry.Position.Records));
        foreach (var entry in all)
            Assert.Equal(all.Skip((int)entry.Position.Records).Select(later => later.Position),
                journal.Read(entry.Position).Select(later => later.Position));
    }

    [Fact]
    public void Read_SeesNothingOfAGroupBeforeItIsFlushed()
    {
        using var journal = Grown(2);
        journal.Append(Any.Plain(2));
        Assert.Equal(2, journal.Read().Count());
        Assert.Equal(3, journal.Flush().Records);
        Assert.Equal([0, 1, 2], journal.Read().Select(entry => entry.Outcome!.Job));
    }

    [Fact]
    public void Flush_ReturnsThePositionThatReadingReaches()
    {
        using var journal = Grown(3);
        journal.Append(Started);
        Assert.Equal(journal.Flush(), journal.Read().Last().Position);
    }

    [Fact]
    public void Forget_DropsTheGroupInHand()
    {
        using var journal = Grown(1);
        journal.Append(Any.Plain(1));
        journal.Forget();
        journal.Append(Any.Plain(2));
        journal.Flush();
        Assert.Equal([0, 2], journal.Read().Select(entry => entry.Outcome!.Job));
    }

    [Fact]
    public void Append_RefusesNaN()
    {
        using var journal = Grown(1);
        var point = Any.Plain(1).Point;
        Assert.Throws<ArgumentException>(() => journal.Append(Any.Plain(1, double.NaN)));
        Assert.Throws<ArgumentException>(() => journal.Append(Any.Plain(1) with { Seconds = double.PositiveInfinity }));
        Assert.Throws<ArgumentException>(() =>
            journal.Append(Any.Plain(1) with { Metrics = Any.Plain(1).Metrics.Add("loss", double.NaN) }));
        Assert.Throws<ArgumentException>(() => journal.Append(Any.Plain(1) with { Point = new([.. point, new("x", double.NaN)]) }));
    }

    [Fact]
    public void Own_AfterTheOwnerLeft_GoesOnBehindWhatWasFlushed()
    {
        var first = Grown(3);
        first.Append(Any.Plain(99)); // never flushed
        first.Dispose();
        using var second = Owned(Reopened(first));
        Assert.Equal(3, second.Read().Count());
        second.Append(Any.Plain(3));
        second.Flush();
        Assert.Equal([0, 1, 2, 3], Reopened(second).Read().Select(entry => entry.Outcome!.Job));
    }

    /// <summary>A journal without entries.</summary>
    private protected abstract IJournal Make();

    /// <summary>The same journal as another reader or a later owner finds it.</summary>
    private protected abstract IJournal Reopened(IJournal journal);

    /// <summary>A journal taken for appending.</summary>
    private protected static IJournal Owned(IJournal journal)
    {
        journal.Own(journal.Read().Select(entry => (JournalPosition?)entry.Position).LastOrDefault() ?? journal.Start);
        return journal;
    }

    private IJournal Grown(int outcomes)
    {
        var journal = Owned(Make());
        for (var job = 0; job < outcomes; job++)
        {
            journal.Append(Any.Plain(job));
            journal.Flush();
        }

        return journal;
    }
}
