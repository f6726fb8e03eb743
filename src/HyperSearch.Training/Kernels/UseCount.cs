namespace HyperSearch.Training.Kernels;

/// <summary>
/// Counts who uses native memory, so that its owner may dispose of it at any time and on any thread: new uses are refused from then on, and
/// the memory is freed when the last one has ended.
/// </summary>
/// <param name="free">Frees the memory; called once.</param>
internal sealed class UseCount(Action free)
{
    private const int Closed = 1 << 30;
    private int _state;
    private int _freed;

    /// <summary>Whether the owner has disposed of the memory.</summary>
    public bool IsClosed => (Volatile.Read(ref _state) & Closed) != 0;

    /// <summary>Whether a use has begun that has not ended.</summary>
    public bool IsInUse => (Volatile.Read(ref _state) & ~Closed) != 0;

    /// <summary>Begins a use, which ends when the result is disposed.</summary>
    /// <param name="owner">The memory's owner, for the message.</param>
    /// <exception cref="ObjectDisposedException">The memory is gone, or going.</exception>
    public Use Begin(object owner)
    {
        if ((Interlocked.Increment(ref _state) & Closed) == 0)
            return new Use(this);
        End();
        throw new ObjectDisposedException(owner.GetType().Name);
    }

    /// <summary>Refuses further uses; frees the memory now where nobody uses it.</summary>
    public void Close()
    {
        if (Interlocked.Or(ref _state, Closed) == 0)
            Free();
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _state) == Closed)
            Free();
    }

    /// <summary>Somebody who is refused beside the last user may come here too.</summary>
    private void Free()
    {
        if (Interlocked.Exchange(ref _freed, 1) == 0)
            free();
    }

    /// <summary>A use of the memory.</summary>
    internal readonly ref struct Use(UseCount count)
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => count.End();
    }
}
