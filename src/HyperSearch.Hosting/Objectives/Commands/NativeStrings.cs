using System.Runtime.InteropServices;
using System.Text;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>A list of strings as C takes it: pointers to UTF-8 bytes that end in NUL, and a null pointer after the last.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _pointers;

    /// <summary>Copies strings.</summary>
    /// <exception cref="CommandFailedException">One has a NUL character in it, which no argument can have.</exception>
    public NativeStrings(IReadOnlyCollection<string> strings)
    {
        if (strings.FirstOrDefault(text => text.Contains('\0', StringComparison.Ordinal)) is { } wrong)
            throw new CommandFailedException(
                "An argument or environment variable cannot have a NUL character in it: "
                + $"\"{wrong.Replace("\0", "\\0", StringComparison.Ordinal)}\".");
        var heads = (nuint)((strings.Count + 1) * sizeof(byte*));
        var bytes = heads + (nuint)strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
        _pointers = (byte**)NativeMemory.Alloc(bytes);
        var pointer = _pointers;
        var at = (byte*)_pointers + heads;
        foreach (var text in strings)
        {
            *pointer++ = at;
            var room = Encoding.UTF8.GetByteCount(text);
            at += Encoding.UTF8.GetBytes(text, new Span<byte>(at, room));
            *at++ = 0;
        }

        *pointer = null;
    }

    /// <summary>The first pointer.</summary>
    public byte** Pointers => _pointers;

    /// <summary>Frees them.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_pointers);
        _pointers = null;
    }
}
