using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Indexing;

/// <summary>Keeps the index behind the journal on a thread of its own, which nobody waits for while the campaign runs.</summary>
/// <remarks>
/// Nobody reads the index before its owner leaves, so it is fed one batch a second: a fifth of a core at most. On closing the rest follows,
/// for at most a second; the next owner catches up with the rest, and readers take the journal until then.
/// An observer: when the index fails, feeding ends, the campaign goes on, and the next owner builds it anew.
/// </remarks>
internal sealed class IndexFeeder(CampaignFolder folder, TimeProvider time, long end, long records, long room = long.MaxValue) : IDisposable
{
    private const long Worthwhile = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _closing = new();
    private readonly long _before = records;
    private Thread? _thread;
    private long _end = end;
    private TimeSpan _elapsed;

    /// <summary>The reason why feeding ended early; <c>null</c> when it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Tells that the journal was acknowledged up to here.</summary>
    /// <param name="end">The end of the acknowledged part, in bytes.</param>
    /// <param name="records">How many records it has.</param>
    public void Acknowledged(long end, long records)
    {
        lock (_gate)
            _end = end;
        if (_thread is null && records - _before >= Worthwhile)
            Start();
    }

    /// <summary>Feeds the rest and closes the index in order.</summary>
    /// <param name="elapsed">Wall time of the campaign over all sessions.</param>
    public void Close(TimeSpan elapsed)
    {
        _elapsed = elapsed;
        _closing.Set();
        if (_thread is null)
            Start();
        _thread!.Join();
    }

    /// <inheritdoc/>
    public void Dispose() => _closing.Dispose();

    private void Start()
    {
        _thread = new Thread(Run) { Name = "index", IsBackground = true };
        _thread.Start();
    }

    private void Run()
    {
        try
        {
            if (!IndexSwitch.IsOn)
                return; // never: there is no feeder then
            using var index = CampaignIndex.Open(folder, room);
            while (!_closing.Wait(Pause))
                index.Feed(Target(), () => false);
            var closing = time.GetTimestamp();
            index.Feed(Target(), () => time.GetElapsedTime(closing) < Patience);
            index.Close(_elapsed);
        }
        catch (Exception error) when (IndexFile.IsFault(error))
        {
            TryDelete();
            Fault = $"The index \"{folder.IndexPath}\" cannot be kept: {error.Message} It is built anew when the campaign is next opened.";
        }
    }

    /// <summary>The part of it that was written is of no use, and its room may be wanted.</summary>
    private void TryDelete()
    {
        try
        {
            IndexFile.Delete(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without its seal nobody trusts it, and the next owner makes it anew.
        }
    }

    private long Target()
    {
        lock (_gate)
            return _end;
    }
}
