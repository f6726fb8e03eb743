using HyperSearch.Hosting.Journals;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Journals;

public sealed class FileJournalTests : JournalContract
{
    private int _made;

    private string Path => System.IO.Path.Combine(Place.Results, $"journal-{_made}");

    private protected override IJournal Make()
    {
        _made++;
        FileJournal.Create(Path);
        return new FileJournal(Path);
    }

    private protected override IJournal Reopened(IJournal journal) => new FileJournal(Path);

    [Fact]
    public void Own_CutsATornTailOffAndGoesOn()
    {
        using (var first = Owned(Make()))
        {
            first.Append(Any.Plain(0));
            first.Flush();
            first.Append(Any.Plain(1));
            first.Flush();
        }

        var bytes = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, bytes[..^5]);
        using var second = Reopened(null!);
        var end = Assert.Single(second.Read()).Position;
        Assert.Equal(bytes.Length - 5 - end.Offset, second.Own(end));
        second.Append(Any.Plain(2));
        second.Flush();
        Assert.Equal([0, 2], second.Read().Select(entry => entry.Outcome!.Job));
    }

    [Fact]
    public void Read_OfAJournalThatBecameShorter_IsRefused()
    {
        using var journal = Owned(Make());
        journal.Append(Any.Plain(0));
        var end = journal.Flush();
        File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..^1]);
        using var reader = Reopened(journal);
        Assert.Throws<HyperSearch.Hosting.Stores.StoreException>(() => reader.Read(end).Count());
    }
}
