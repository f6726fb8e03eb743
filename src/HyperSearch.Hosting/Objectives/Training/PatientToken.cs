namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>A token that is cancelled some time after another, so that work that is nearly done can be finished.</summary>
internal sealed class PatientToken : IDisposable
{
    private readonly CancellationTokenSource _late = new();
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _timer;

    public PatientToken(TimeSpan grace, TimeProvider time, CancellationToken stop)
    {
        Token = _late.Token;
        _registration = stop.Register(() => _timer = time.CreateTimer(_ => _late.Cancel(), null, grace, Timeout.InfiniteTimeSpan));
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
    }
}
