using System.Runtime.InteropServices;

namespace HyperSearch.Training.Kernels;

/// <summary>
/// The native memory of one trial: taken while its graph is built, zeroed, 64-byte aligned, freed as one. Nothing is taken while training.
/// It may be disposed of while another thread trains: it is freed when that thread has ended its use.
/// </summary>
internal sealed unsafe class Arena : IDisposable
{
    private const long SlabBytes = 128 * 1024;
    private const int Page = 4096, Stagger = 21 * 64, Large = 1024;
    private readonly List<nint> _slabs = [];
    private byte* _next;
    private long _left;
    private int _taken;

    public Arena() => Uses = new UseCount(Free);

    ~Arena() => Free();

    /// <summary>Who follows pointers into the memory begins a use before.</summary>
    public UseCount Uses { get; }

    /// <summary>Bytes taken from the system.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether the memory is gone, or going: a pointer into it must not be followed any more.</summary>
    /// <remarks>To follow one would end the process.</remarks>
    public bool IsFreed => Uses.IsClosed;

    /// <summary>Room for <paramref name="count"/> elements, rounded up to whole vectors of 16, all zero.</summary>
    public T* Take<T>(long count)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsFreed, this);
        var bytes = (count + 15) / 16 * 16 * sizeof(T);
        if (bytes + Page > _left)
            AddSlab(Math.Max(bytes + Page, SlabBytes));
        // Weights and their memories are read and written in step. At equal or neighbouring addresses modulo 4 KiB each load would wait for
        // an unrelated store that looks like its own; so large pieces start a third of a page apart.
        var skip = bytes < Large ? 0 : (_taken++ * Stagger % Page - (int)((nint)_next % Page) + 2 * Page) % Page;
        var start = _next + skip;
        _next = start + bytes;
        _left -= skip + bytes;
        return (T*)start;
    }

    public void Dispose()
    {
        Uses.Close();
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
        (_left, Bytes) = (0, 0);
    }
}
