using HyperSearch.Planning;

namespace HyperSearch.Hosting.Journals;

/// <summary>A journal that lives as long as its process, for a search that is not kept.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly List<JournalEntry> _kept = [];
    private readonly List<JournalEntry> _group = [];

    /// <inheritdoc/>
    public JournalPosition Start => default;

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> Read(JournalPosition from = default)
    {
        for (var number = checked((int)from.Records); number < _kept.Count; number++)
            yield return _kept[number];
    }

    /// <inheritdoc/>
    public long Own(JournalPosition end) => 0;

    /// <inheritdoc/>
    public void Append(CampaignEvent entry) => Add(entry, null);

    /// <inheritdoc/>
    public void Append(Outcome outcome)
    {
        JobEncoder.ThrowIfNotFinite(outcome);
        Add(null, outcome);
    }

    /// <inheritdoc/>
    public JournalPosition Flush()
    {
        _kept.AddRange(_group);
        _group.Clear();
        return new JournalPosition(_kept.Count, _kept.Count);
    }

    /// <inheritdoc/>
    public void Forget() => _group.Clear();

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private void Add(CampaignEvent? entry, Outcome? outcome)
    {
        var number = _kept.Count + _group.Count + 1;
        _group.Add(new JournalEntry(new JournalPosition(number, number), entry, outcome));
    }
}
