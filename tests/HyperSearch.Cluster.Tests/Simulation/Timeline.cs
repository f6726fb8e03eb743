using System.IO.Hashing;

namespace HyperSearch.Cluster.Tests.Simulation;

/// <summary>Simulated time: actions in the order of their time, those of one time in the order in which they were set.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (double At, long Order)> _actions = new();
    private readonly XxHash3 _trace = new();
    private long _order;

    /// <summary>Seconds since the beginning.</summary>
    public double Now { get; private set; }

    /// <summary>The same since the beginning, as the protocol takes it.</summary>
    public TimeSpan Elapsed => TimeSpan.FromSeconds(Now);

    /// <summary>A hash of everything noted so far: two runs of one seed have the same.</summary>
    public ulong Trace => _trace.GetCurrentHashAsUInt64();

    /// <summary>Sets an action.</summary>
    public void After(double seconds, Action action)
    {
        if (double.IsFinite(seconds))
            _actions.Enqueue(action, (Now + seconds, _order++));
    }

    /// <summary>Notes what happens.</summary>
    public void Note(int what, int who, int job)
    {
        Span<byte> bytes = stackalloc byte[20];
        BitConverter.TryWriteBytes(bytes, Now);
        BitConverter.TryWriteBytes(bytes[8..], what);
        BitConverter.TryWriteBytes(bytes[12..], who);
        BitConverter.TryWriteBytes(bytes[16..], job);
        _trace.Append(bytes);
    }

    /// <summary>Runs until something says that it is over.</summary>
    public void RunUntil(Func<bool> over, double latest)
    {
        while (!over() && _actions.TryDequeue(out var action, out var when))
        {
            Now = when.At;
            if (Now > latest)
            {
                throw new InvalidOperationException(
                    FormattableString.Invariant($"the campaign is not over after {latest} simulated seconds"));
            }

            action();
        }

        if (!over())
            throw new InvalidOperationException("nothing happens any more, but the campaign is not over");
    }
}
