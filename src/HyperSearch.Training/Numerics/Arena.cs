using System.Runtime.InteropServices;

namespace HyperSearch.Training.Numerics;

/// <summary>The native memory of one trial: taken while its graph is built, zeroed, 64-byte aligned, freed as one. Nothing is taken while training.</summary>
internal sealed unsafe class Arena : IDisposable
{
    private const long SlabBytes = 128 * 1024;
    private readonly List<nint> _slabs = [];
    private byte* _next;
    private long _left;

    ~Arena() => Free();

    /// <summary>Bytes taken from the system.</summary>
    public long Bytes { get; private set; }

    /// <summary>Room for <paramref name="count"/> elements, rounded up to whole vectors of 16, all zero.</summary>
    public T* Take<T>(long count)
        where T : unmanaged
    {
        // A cache line in between: buffers of equal size would else start at equal addresses modulo 4 KiB and share cache sets.
        var bytes = (count + 15) / 16 * 16 * sizeof(T) + 64;
        if (bytes > _left)
            AddSlab(Math.Max(bytes, SlabBytes));
        var start = _next;
        _next += bytes;
        _left -= bytes;
        return (T*)start;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void AddSlab(long bytes)
    {
        _next = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        NativeMemory.Clear(_next, (nuint)bytes);
        _slabs.Add((nint)_next);
        _left = bytes;
        Bytes += bytes;
    }

    private void Free()
    {
        foreach (var slab in _slabs)
            NativeMemory.AlignedFree((void*)slab);
        _slabs.Clear();
        _left = 0;
    }
}
