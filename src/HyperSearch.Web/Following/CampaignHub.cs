using System.Collections.Immutable;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Web.Following;

/// <summary>One campaign, followed once for however many viewers, and only while there is one.</summary>
/// <remarks>
/// It reads beside the campaign's owner and never asks it for anything. The more a reading costs, the longer it rests, so that following
/// takes at most a twenty-fifth of one processor from the campaign.
/// </remarks>
/// <param name="folder">The campaign.</param>
/// <param name="time">The clock.</param>
internal sealed class CampaignHub(CampaignFolder folder, TimeProvider time) : IDisposable
{
    /// <summary>The event that says why nothing can be told.</summary>
    public const string Trouble = "trouble";

    /// <summary>Events that a viewer may fall behind; then it is told everything anew.</summary>
    private const int Behind = 64;

    private const int RestPerCost = 25;

    /// <summary>More than a page shows: each look then sends a whole page to every viewer, which costs as much again.</summary>
    private const int RestPerCostOfMany = 75;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(150), LongestRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Heartbeat = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Campaign _campaign = Campaign.Follow(folder, time);
    private readonly TrialFeed _feed = new();
    private readonly CurveMemory _curves = new();
    private readonly List<Channel<SseItem<string>>> _viewers = [];
    private readonly CancellationTokenSource _over = new();
    private CampaignSnapshot? _now;
    private (string Told, ImmutableArray<Trial> Trials, int? Best, long At, TimeSpan For)? _insight;
    private SseItem<string>? _live;
    private long _length = -1;
    private long _read;
    private TimeSpan _rest = ShortestRest;
    private Task _following = Task.CompletedTask;

    /// <summary>When somebody asked for it last, as a timestamp of the clock.</summary>
    public long Asked { get; private set; } = time.GetTimestamp();

    /// <summary>Whether somebody looks.</summary>
    public bool HasViewers
    {
        get
        {
            lock (_viewers)
                return _viewers.Count > 0;
        }
    }

    /// <summary>A view of the campaign that is at most as old as a rest.</summary>
    /// <exception cref="StoreException">There is no campaign, or its journal is damaged.</exception>
    /// <exception cref="SearchFileException">Its search file does not validate.</exception>
    public async Task<CampaignSnapshot> ReadAsync(CancellationToken stop)
    {
        Asked = time.GetTimestamp();
        await _gate.WaitAsync(stop);
        try
        {
            return _now is { } known && time.GetElapsedTime(_read) < _rest ? known : Read();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Something of the campaign that only it knows, read without a race.</summary>
    public async Task<T> AskAsync<T>(Func<Campaign, CampaignSnapshot, T> question, CancellationToken stop)
    {
        var now = await ReadAsync(stop);
        await _gate.WaitAsync(stop);
        try
        {
            return question(_campaign, now);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>What follows from the trials; while the campaign runs, as old as fifty times what it costs, or ten times where another
    /// trial is the best by now.</summary>
    public async Task<string> InsightAsync(CancellationToken stop)
    {
        var now = await ReadAsync(stop);
        await _gate.WaitAsync(stop);
        try
        {
            if (_insight is var (known, of, winner, at, rest)
                && (of == now.Trials || time.GetElapsedTime(at) is var age && age < rest
                    && (age < rest / 5 || winner == Ranking.Best(now)?.Number)))
                return known;
            var started = time.GetTimestamp();
            var told = await Task.Run(() => Insight.Of(now), stop);
            Memory.GiveBack();
            _insight = (told, now.Trials, Ranking.Best(now)?.Number, time.GetTimestamp(), 2 * RestPerCost * time.GetElapsedTime(started));
            return told;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The events for one viewer, until it goes or the server stops.</summary>
    /// <param name="last">The last event that it had before it lost the connection.</param>
    /// <param name="gone">Cancelled when it goes.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(string? last, [EnumeratorCancellation] CancellationToken gone)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, _over.Token);
        var viewer = Channel.CreateBounded<SseItem<string>>(Behind);
        await EnterAsync(viewer, last, either.Token);
        try
        {
            while (true)
            {
                while (viewer.Reader.TryRead(out var item))
                    yield return item;
                var waiting = viewer.Reader.WaitToReadAsync(either.Token).AsTask();
                await Task.WhenAny(waiting, Task.Delay(Heartbeat, time, either.Token));
                if (either.Token.IsCancellationRequested)
                    yield break;
                if (!waiting.IsCompleted)
                    yield return new SseItem<string>("", "alive"); // so that both ends notice when the other has gone
                else if (!await waiting)
                    yield break; // it fell behind: it comes again, and is told everything
            }
        }
        finally
        {
            lock (_viewers)
                _viewers.Remove(viewer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
        _gate.Dispose();
    }

    private async Task EnterAsync(Channel<SseItem<string>> viewer, string? last, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            foreach (var item in Told(last))
                viewer.Writer.TryWrite(item);
            lock (_viewers)
            {
                _viewers.Add(viewer);
                if (_following.IsCompleted)
                    _following = Task.Run(WatchAsync, CancellationToken.None);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private SseItem<string>[] Told(string? last)
    {
        try
        {
            if (_now is { } known && _live is { } live && time.GetElapsedTime(_read) < _rest)
                return [.. _feed.Since(last), live]; // what the others know; each reading costs all of them
            var now = Read();
            var news = _feed.Take(now, _campaign.Outcomes);
            if (news is { } item)
                Tell(item);
            return [.. _feed.Since(last), Live(now)];
        }
        catch (Exception fault) when (fault is StoreException or SearchFileException)
        {
            return [new SseItem<string>(fault.Message, Trouble)];
        }
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            await Task.Delay(_rest, time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_viewers)
            {
                if (_viewers.Count == 0 || _over.IsCancellationRequested)
                {
                    _following = Task.CompletedTask; // within the lock, so that the next viewer starts another
                    return;
                }
            }

            if (time.GetElapsedTime(_read) < Beat && LengthNow() == _length)
                continue;
            await _gate.WaitAsync(CancellationToken.None);
            try
            {
                Look();
            }
            finally
            {
                _gate.Release();
            }
        }
    }

    private void Look()
    {
        var started = time.GetTimestamp();
        try
        {
            var now = Read();
            var news = _feed.Take(now, _campaign.Outcomes);
            if (news is { } item)
                Tell(item);
            Tell(Live(now));
            Memory.GiveBack();
        }
        catch (Exception fault) when (fault is StoreException or SearchFileException)
        {
            Tell(new SseItem<string>(fault.Message, Trouble));
        }

        var rest = time.GetElapsedTime(started) * (_now?.Trials.Length > TrialFeed.Most ? RestPerCostOfMany : RestPerCost);
        _rest = rest < ShortestRest ? ShortestRest : rest > LongestRest ? LongestRest : rest;
    }

    private CampaignSnapshot Read()
    {
        _length = LengthNow(); // before the reading: what is written meanwhile is read again rather than missed
        _now = _campaign.Read();
        Memory.GiveBack();
        _curves.Note(_campaign.Live?.Jobs ?? []);
        _read = time.GetTimestamp();
        return _now;
    }

    private SseItem<string> Live(CampaignSnapshot now)
    {
        var item = new SseItem<string>(LiveNews.Of(_campaign, now, _curves), LiveNews.Kind);
        _live = item;
        return item;
    }

    private void Tell(SseItem<string> item)
    {
        lock (_viewers)
        {
            foreach (var viewer in _viewers.Where(viewer => !viewer.Writer.TryWrite(item)))
                viewer.Writer.TryComplete();
        }
    }

    private long LengthNow()
    {
        var journal = new FileInfo(folder.JournalPath);
        return journal.Exists ? journal.Length : -1;
    }
}
