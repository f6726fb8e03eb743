namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>How a process is stopped: it is asked to leave, and has a while to do so.</summary>
internal sealed class Stopping(ChildProcess child, TimeSpan grace, TimeProvider time)
{
    private const int PollMilliseconds = 50;
    private long _since;

    /// <summary>Whether it was asked to leave.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether its time to leave is over.</summary>
    public bool IsOver => HasBegun && time.GetElapsedTime(_since) >= grace;

    /// <summary>How long to wait for its output, in milliseconds: the delay with which a stop is noticed.</summary>
    public int Wait =>
        HasBegun ? (int)Math.Clamp((grace - time.GetElapsedTime(_since)).TotalMilliseconds + 1, 0, PollMilliseconds) : PollMilliseconds;

    /// <summary>Asks it to leave, once.</summary>
    public void Begin()
    {
        if (HasBegun)
            return;
        (HasBegun, _since) = (true, time.GetTimestamp());
        child.AskToLeave();
    }
}
