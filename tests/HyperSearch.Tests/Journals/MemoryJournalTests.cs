using HyperSearch.Hosting.Journals;


namespace HyperSearch.Tests.Journals;

public sealed class MemoryJournalTests : JournalContract
{
    private protected override IJournal Make() => new MemoryJournal();

    private protected override IJournal Reopened(IJournal journal) => journal;
}
