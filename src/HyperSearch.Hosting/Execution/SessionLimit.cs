namespace HyperSearch.Hosting.Execution;

/// <summary>Cancels a session when it is told to stop or its time is up, and knows which.</summary>
internal sealed class SessionLimit : IDisposable
{
    private readonly CancellationTokenSource? _limit;
    private readonly CancellationTokenSource _either;

    public SessionLimit(TimeSpan? left, TimeProvider time, CancellationToken stop)
    {
        if (left is { } span)
            _limit = new CancellationTokenSource(span > TimeSpan.Zero ? span : TimeSpan.Zero, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(stop, _limit?.Token ?? CancellationToken.None);
        Stop = stop;
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether the time was up and nobody asked to stop.</summary>
    public bool TimeIsUp => _limit?.IsCancellationRequested == true && !Stop.IsCancellationRequested;

    private CancellationToken Stop { get; }

    public void Dispose()
    {
        _either.Dispose();
        _limit?.Dispose();
    }
}
