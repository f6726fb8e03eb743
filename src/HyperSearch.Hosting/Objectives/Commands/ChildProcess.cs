using System.Runtime.InteropServices;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>
/// A running process of the user's, read and written by one thread at a time, and ended together with everything it has started.
/// </summary>
/// <remarks>
/// Ended means: its process group is killed while its id is still reserved, so that no stranger can be hit; then it is reaped. Processes
/// that left the group but
/// kept our pipes, or that live when the child failed or was told to stop, are found by a mark in their environment. A daemon that
/// detaches itself properly from a job that ends well is left alone: trackers of experiments upload what is left in that way.
/// </remarks>
internal sealed unsafe class ChildProcess : IDisposable
{
    private static readonly TimeSpan UnkillableAfter = TimeSpan.FromSeconds(5);
    private readonly LineSplitter _outputLines = new(), _errorLines = new();
    private readonly string _mark;
    private readonly ChildGuard _guard;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private byte[] _pending = [];
    private int _written, _input, _output, _error, _silentPolls;
    private bool _reaped, _wasAsked;

    private ChildProcess(int id, int input, int output, int error, string mark, ChildGuard guard) =>
        (Id, _input, _output, _error, _mark, _guard) = (id, input, output, error, mark, guard);

    /// <summary>The process id, which is its group's and session's too.</summary>
    public int Id { get; }

    /// <summary>Starts a process.</summary>
    /// <param name="start">The program to start.</param>
    /// <param name="guard">Ends it should we be killed.</param>
    /// <exception cref="CommandFailedException">It cannot be started, however often one tries.</exception>
    /// <exception cref="TransientFailureException">The system has no room for it now.</exception>
    public static ChildProcess Start(ChildStart start, ChildGuard guard)
    {
        var (marked, mark) = ProcessMark.Put(start);
        var (id, input, output, error) = ChildSpawn.Start(marked);
        var child = new ChildProcess(id, input, output, error, mark, guard);
        try
        {
            guard.Watch(id, mark);
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>Whether the process itself has ended, whatever it left behind.</summary>
    public bool HasExited
    {
        get
        {
            if (_reaped)
                return true;
            var information = stackalloc byte[Libc.OpaqueBytes];
            new Span<byte>(information, Libc.OpaqueBytes).Clear();
            var answer = Libc.WaitInformation(Libc.OfOneProcess, Id, information, Libc.Exited | Libc.NoHang | Libc.LeaveWaitable);
            return answer != 0 ? Marshal.GetLastPInvokeError() != Libc.Interrupted : *(int*)information != 0;
        }
    }

    /// <summary>Queues bytes for its standard input; <see cref="Pump"/> writes them as it takes them.</summary>
    public void Send(byte[] bytes) => (_pending, _written) = (bytes, 0);

    /// <summary>Closes its standard input: the end of all requests.</summary>
    public void CloseInput() => Close(ref _input);

    /// <summary>Waits a moment for output, and hands over what there is.</summary>
    /// <param name="milliseconds">How long to wait at most; 0 not at all.</param>
    /// <param name="sink">Takes the lines.</param>
    /// <returns>Whether anything was read, so that there may be more.</returns>
    public bool Pump(int milliseconds, IOutputSink sink)
    {
        var entries = stackalloc Libc.PollEntry[3];
        entries[0] = new() { Descriptor = _output, Wanted = Libc.PollIn };
        entries[1] = new() { Descriptor = _error, Wanted = Libc.PollIn };
        entries[2] = new() { Descriptor = _written < _pending.Length ? _input : -1, Wanted = Libc.PollOut };
        if (_output < 0 && _error < 0)
            milliseconds = Math.Min(milliseconds, 1 << Math.Min(_silentPolls++, 5)); // nothing will wake us, and it is about to end
        if (Libc.Poll(entries, 3, milliseconds) <= 0)
            return false;
        if (entries[2].Seen != 0)
            WritePending();
        var read = false;
        if (entries[0].Seen != 0)
            read |= Read(ref _output, _outputLines, sink.Output);
        if (entries[1].Seen != 0)
            read |= Read(ref _error, _errorLines, sink.Error);
        return read;
    }

    /// <summary>Waits a moment for the process to end, and drops its output.</summary>
    public void Linger() => Pump(5, NoSink.Instance);

    /// <summary>Sends SIGTERM to the process and everything in its group.</summary>
    public void AskToLeave()
    {
        if (_reaped)
            return;
        _wasAsked = true;
        _ = Libc.Kill(-Id, Libc.SigTerm);
    }

    /// <summary>Ends it and all that it started, takes its last output, and reaps it.</summary>
    /// <param name="sink">Takes the lines that were still on their way.</param>
    /// <returns>How it had ended; SIGKILL if it still ran.</returns>
    public ExitStatus End(IOutputSink sink)
    {
        if (_reaped)
            return default;
        var forced = !HasExited;
        if (!forced)
            Drain(sink); // before its helpers die, which may be writing for it
        _ = Libc.Kill(-Id, Libc.SigKill);
        var killed = Drain(sink) || forced || _wasAsked;
        if (killed)
            ProcessMark.KillAll(_mark);
        Drain(sink);
        _outputLines.Finish(sink.Output);
        _errorLines.Finish(sink.Error);
        _guard.Forget(Id);
        Close(ref _output);
        Close(ref _error);
        Close(ref _input);
        var status = Reap();
        if (!status.Succeeded && !killed)
            ProcessMark.KillAll(_mark);
        return status;
    }

    /// <summary>Ends it if that was not done, and drops its output.</summary>
    public void Dispose() => End(NoSink.Instance);

    private ExitStatus Reap()
    {
        _reaped = true;
        var since = TimeProvider.System.GetTimestamp();
        int status, answer;
        while ((answer = Libc.Wait(Id, &status, Libc.NoHang)) == 0 || (answer < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted))
        {
            if (TimeProvider.System.GetElapsedTime(since) > UnkillableAfter)
            {
                // In an uninterruptible wait, as on a dead network disk. The signal is pending; somebody has to fetch the remains when it
                // gets it.
                new Thread(() => WaitFor(Id)) { IsBackground = true, Name = "reaper" }.Start();
                return default;
            }

            Libc.Poll(null, 0, 1);
        }

        return answer == Id ? ExitStatus.OfWait(status) : default;

        static void WaitFor(int id)
        {
            int ignored;
            while (Libc.Wait(id, &ignored, 0) < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
            {
                // once more
            }
        }
    }

    /// <summary>Reads until there is nothing now.</summary>
    /// <returns>Whether a pipe is still held open by somebody.</returns>
    private bool Drain(IOutputSink sink)
    {
        var most = 1024; // 16 MiB: one that never stops printing does not keep us
        while (most-- > 0 && Pump(0, sink))
        {
            // once more
        }

        return _output >= 0 || _error >= 0;
    }

    private bool Read(ref int descriptor, LineSplitter lines, LineSplitter.LineHandler handle)
    {
        fixed (byte* buffer = _buffer)
        {
            var count = Libc.Read(descriptor, buffer, (nuint)_buffer.Length);
            if (count > 0)
            {
                lines.Take(_buffer.AsSpan(0, (int)count), handle);
                return true;
            }

            if (count < 0 && Marshal.GetLastPInvokeError() is Libc.Interrupted or Libc.TryAgain)
                return false;
            lines.Finish(handle);
            Close(ref descriptor);
            return false;
        }
    }

    private void WritePending()
    {
        fixed (byte* bytes = _pending)
        {
            var count = Libc.Write(_input, bytes + _written, (nuint)(_pending.Length - _written));
            if (count >= 0)
                _written += (int)count;
            else if (Marshal.GetLastPInvokeError() is not (Libc.Interrupted or Libc.TryAgain))
                (_pending, _written) = ([], 0); // it does not read any more: its end follows, and says more
        }
    }

    private static void Close(ref int descriptor)
    {
        if (descriptor >= 0)
            _ = Libc.Close(descriptor);
        descriptor = -1;
    }
}
