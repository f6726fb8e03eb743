namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Cuts a stream of bytes into lines. A line longer than the limit is given once, cut short; its rest is dropped.</summary>
/// <remarks>
/// Lines end at LF, at CR, or at CR LF: a progress bar that draws itself over with CR does not swallow the line after it. Memory stays
/// within twice the limit, whichever bytes come.
/// </remarks>
internal sealed class LineSplitter(int limit = LineSplitter.DefaultLimit)
{
    /// <summary>The longest line kept whole: 1 MiB.</summary>
    public const int DefaultLimit = 1 << 20;

    private byte[] _line = new byte[256];
    private int _length;
    private bool _dropping, _afterCarriageReturn;

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line without its end; valid during the call only.</param>
    /// <param name="cut">Whether it was longer than the limit.</param>
    public delegate void LineHandler(ReadOnlySpan<byte> line, bool cut);

    /// <summary>Takes the next bytes and hands over every line that they complete.</summary>
    public void Take(ReadOnlySpan<byte> bytes, LineHandler handle)
    {
        while (!bytes.IsEmpty)
        {
            if (_afterCarriageReturn && bytes[0] == (byte)'\n')
                bytes = bytes[1..]; // the second half of a CR LF
            _afterCarriageReturn = false;
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            var part = end < 0 ? bytes : bytes[..end];
            if (!_dropping)
                Keep(part, handle);
            if (end < 0)
                return;
            if (!_dropping)
                Hand(handle, cut: false);
            _dropping = false;
            _afterCarriageReturn = bytes[end] == (byte)'\r';
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Hands over what came after the last line end, at the end of the stream.</summary>
    public void Finish(LineHandler handle)
    {
        if (_length > 0)
            Hand(handle, cut: false);
        _dropping = false;
    }

    private void Keep(ReadOnlySpan<byte> part, LineHandler handle)
    {
        var room = limit - _length;
        var kept = part.Length > room ? part[..room] : part;
        if (_length + kept.Length > _line.Length)
            Array.Resize(ref _line, Math.Min(limit, Math.Max(_line.Length * 2, _length + kept.Length)));
        kept.CopyTo(_line.AsSpan(_length));
        _length += kept.Length;
        if (part.Length > room)
        {
            Hand(handle, cut: true);
            _dropping = true;
        }
    }

    private void Hand(LineHandler handle, bool cut)
    {
        var line = _line.AsSpan(0, _length);
        _length = 0;
        handle(line, cut);
    }
}
