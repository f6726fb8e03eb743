using System.Collections.Concurrent;
using System.Threading.Channels;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>
/// The one writer of a campaign: takes outcomes from a channel, writes those that have gathered as one group, and tells of each only when
/// it is on disk. Events of the session go the same way.
/// </summary>
/// <remarks>
/// The planner need not wait for the disk. Outcomes reach this channel before the planner sees them and are written in that order, so
/// every outcome on disk has all its causes on disk before it: a kill loses only a tail that nothing kept depends on.
/// </remarks>
/// <param name="store">The campaign.</param>
/// <param name="acknowledged">Told of each outcome that is on disk, on the writer's thread.</param>
/// <param name="noted">Told of each event that is on disk, on the same thread.</param>
internal sealed class OutcomeWriter(CampaignStore store, Action<Outcome> acknowledged, Action<CampaignEvent>? noted = null)
{
    private const int LargestGroup = 1024;
    private readonly Channel<Outcome?> _channel =
        Channel.CreateBounded<Outcome?>(new BoundedChannelOptions(4 * LargestGroup) { SingleReader = true });
    private readonly ConcurrentQueue<(CampaignEvent? Event, TaskCompletionSource? OnDisk)> _events = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Hands an outcome over; the order of calls is the order on disk.</summary>
    /// <exception cref="StoreException">The store has failed.</exception>
    public async ValueTask PostAsync(Outcome outcome)
    {
        while (!_channel.Writer.TryWrite(outcome))
            await _channel.Writer.WaitToWriteAsync();
    }

    /// <summary>Hands an event over, from any thread; it is written before any outcome that is handed over later.</summary>
    public void Post(CampaignEvent entry)
    {
        _events.Enqueue((entry, null));
        _channel.Writer.TryWrite(null); // wakes the writer; where there is no room it is awake
    }

    /// <summary>Waits until every event that was handed over is on disk.</summary>
    /// <exception cref="StoreException">The store has failed.</exception>
    public async Task OnDiskAsync()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _events.Enqueue((null, reached));
        _channel.Writer.TryWrite(null);
        await await Task.WhenAny(reached.Task, _ended.Task);
    }

    /// <summary>Says that nothing more follows.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    /// <summary>Writes on a thread of its own until the channel completes.</summary>
    /// <exception cref="StoreException">The store failed; the outcomes told of before stay.</exception>
    public Task RunAsync() => Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Write()
    {
        try
        {
            var group = new List<Outcome>();
            while (_channel.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                group.Clear();
                while (group.Count < LargestGroup && _channel.Reader.TryRead(out var outcome))
                {
                    if (outcome is not null)
                        group.Add(outcome);
                }

                WriteEvents();
                store.Append([.. group]);
                group.ForEach(acknowledged);
            }

            WriteEvents();
            _ended.TrySetResult();
        }
        catch (Exception exception)
        {
            _channel.Writer.TryComplete(exception);
            _ended.TrySetException(exception);
            throw;
        }
    }

    private void WriteEvents()
    {
        while (_events.TryDequeue(out var next))
        {
            if (next.Event is { } entry)
            {
                store.Append(entry);
                noted?.Invoke(entry);
            }

            next.OnDisk?.TrySetResult();
        }
    }
}
