namespace HyperSearch.Hosting.Execution;

/// <summary>Cancels a session when it is told to stop or its time is up, and knows which.</summary>
internal sealed class SessionLimit : IDisposable
{
    private readonly CancellationTokenSource? _limit;
    private readonly CancellationTokenSource _asked;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _told;

    public SessionLimit(TimeSpan? left, TimeProvider time, CancellationToken stop)
    {
        if (left is { } span)
            _limit = new CancellationTokenSource(span > TimeSpan.Zero ? span : TimeSpan.Zero, time);
        _asked = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_asked.Token, _limit?.Token ?? CancellationToken.None);
        _told = stop;
    }

    /// <summary>Cancelled when the session is told to stop or its time is up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Cancelled when the session is told to stop, by its process or by a person.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>Whether a person asked the session to stop.</summary>
    public bool IsAskedToStop { get; private set; }

    /// <summary>Whether the time was up and nobody asked to stop.</summary>
    public bool TimeIsUp => _limit?.IsCancellationRequested == true && !_told.IsCancellationRequested && !IsAskedToStop;

    /// <summary>Ends the session because a person asked for it.</summary>
    public void Stop()
    {
        IsAskedToStop = true;
        _asked.Cancel();
    }

    public void Dispose()
    {
        _either.Dispose();
        _asked.Dispose();
        _limit?.Dispose();
    }
}
