using System.Runtime.InteropServices;
using HyperSearch.Cli.Invocation;

namespace HyperSearch.Cli.Execution;

/// <summary>Turns Ctrl-C and SIGTERM into a request to stop cleanly; a second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    /// <summary>A terminal that takes nothing at the moment (Ctrl-S) does not hold up the end.</summary>
    private static readonly TimeSpan LongestWord = TimeSpan.FromSeconds(0.5);

    private readonly Action _onFirst;
    private readonly Action? _onSecond;
    private readonly IDisposable _takenOver;

    /// <summary>Starts to listen.</summary>
    /// <param name="onFirst">Told when the first signal arrives.</param>
    /// <param name="onSecond">Told when the second one does, before the process ends at once; <c>null</c> where there is nothing to
    /// say.</param>
    public Interruption(Action onFirst, Action? onSecond = null)
    {
        (_onFirst, _onSecond) = (onFirst, onSecond);
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        foreach (var signal in signals)
            _registrations.Add(PosixSignalRegistration.Create(signal, Receive));
        _takenOver = Signals.TakeOver();
        if (Signals.Came)
            Stop();
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _takenOver.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            if (_onSecond is not null)
                Task.Run(_onSecond).Wait(LongestWord);
            Environment.Exit(ExitCode.Interrupted);
        }

        Stop();
    }

    private void Stop()
    {
        if (_source.IsCancellationRequested)
            return;
        _onFirst();
        _source.Cancel();
    }
}
