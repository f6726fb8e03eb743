namespace HyperSearch.Cluster.Security;

/// <summary>What a worker knows of its way to the host, so that it can tell a wrong secret from a host that is away.</summary>
/// <remarks>
/// A singleton of the worker's services, which <see cref="ClusterConnections.ConnectTo"/> registers. Whoever gets a reply calls
/// <see cref="Answered"/>; whoever has waited some seconds without one asks for <see cref="Trouble"/>.
/// </remarks>
internal sealed class Reachability(HostAddress host)
{
    private readonly Lock _gate = new();
    private string? _trouble;
    private TaskCompletionSource _closing = Pending();
    private readonly TaskCompletionSource _refused = Pending();

    /// <summary>What stands between the worker and the host, as a sentence; <c>null</c> while nothing is known to.</summary>
    public string? Trouble
    {
        get
        {
            lock (_gate)
                return _trouble;
        }
    }

    /// <summary>Ends when the connection closes that is open now: what was asked over it gets no answer any more.</summary>
    public Task Closing
    {
        get
        {
            lock (_gate)
                return _closing.Task;
        }
    }

    /// <summary>Ends when a host has shown that it has another secret: to go on dialling would not change that.</summary>
    public Task OtherSecret => _refused.Task;

    /// <summary>A call came back from the host: nothing stands between.</summary>
    public void Answered() => Say(null);

    /// <summary>No connection came about.</summary>
    public void NotReached(Exception failure) => Say($"{host} cannot be reached: {failure.Message.TrimEnd('.')}.");

    /// <summary>The host's certificate comes from another secret.</summary>
    public void Refused()
    {
        Say($"{host} is reachable, but has another secret than this worker: is it the one that this campaign printed?");
        _refused.TrySetResult();
    }

    /// <summary>A connection ended before or after the ends knew each other.</summary>
    public void Closed()
    {
        lock (_gate)
        {
            if (_trouble is null || !_trouble.Contains("another secret", StringComparison.Ordinal))
                _trouble = $"{host} is reachable, but closes the connection: does a campaign listen there, and is the secret right?";
            _closing.SetResult();
            _closing = Pending();
        }
    }

    private static TaskCompletionSource Pending() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Say(string? trouble)
    {
        lock (_gate)
            _trouble = trouble;
    }
}
