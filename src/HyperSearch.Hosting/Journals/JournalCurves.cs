using System.Collections.Immutable;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Journals;

/// <summary>Reads learning curves from a journal when they are asked for. Thread-safe.</summary>
/// <param name="path">The journal. It may grow meanwhile.</param>
internal sealed class JournalCurves(string path) : ICurveSource
{
    private const int UsualRecord = 1 << 12;
    private readonly JobDecoder _decoder = new();
    private (long Place, ImmutableSortedDictionary<string, ImmutableArray<double>> Columns)? _last;

    /// <inheritdoc/>
    /// <exception cref="StoreException">The journal is gone, or the record is no longer whole.</exception>
    public ImmutableSortedDictionary<string, ImmutableArray<double>> Read(long place)
    {
        lock (_decoder)
        {
            if (_last is var (known, columns) && known == place)
                return columns; // of a curve that is looked at, one metric after another is asked for
            using var journal = new JournalReader(path, place, buffer: UsualRecord);
            if (!journal.TryAt(place, out var bytes))
                throw new StoreException($"The journal \"{path}\" has changed: it has no whole record at offset {place} any more.");
            columns = _decoder.Read(JournalFormat.Open(bytes, place)).Curve.Columns;
            _last = (place, columns);
            return columns;
        }
    }
}
