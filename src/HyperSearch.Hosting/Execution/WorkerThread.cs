namespace HyperSearch.Hosting.Execution;

/// <summary>
/// A thread that runs one piece of work at a time, so that a trial has its core to itself and a hanging one can be abandoned.
/// </summary>
internal sealed class WorkerThread : IDisposable
{
    private readonly SemaphoreSlim _ready = new(0);
    private Action? _work;

    public WorkerThread(string name) => new Thread(Loop) { IsBackground = true, Name = name }.Start();

    /// <summary>Runs a function on the thread. Only one at a time.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work = () =>
        {
            try
            {
                done.SetResult(work());
            }
#pragma warning disable CA1031 // The exception is not swallowed: the one that awaits the task gets it.
            catch (Exception exception)
#pragma warning restore CA1031 // End of the hand-over.
            {
                done.SetException(exception);
            }
        };
        _ready.Release();
        return done.Task;
    }

    /// <summary>Lets the thread leave once its work is done; never waits for it.</summary>
    public void Dispose() => _ready.Release();

    private void Loop()
    {
        while (true)
        {
            _ready.Wait();
            if (Interlocked.Exchange(ref _work, null) is not { } work)
                break;
            work();
        }

        _ready.Dispose();
    }
}
