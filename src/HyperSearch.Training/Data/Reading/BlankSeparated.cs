namespace HyperSearch.Training.Data.Reading;

/// <summary>
/// Makes one tab of each run of blanks between two cells, so that a white-space separated file reads like a tab-separated one.
/// </summary>
/// <remarks>Blanks at both ends of a line are dropped, blanks between double quotes stay, and lines keep their numbers.</remarks>
internal sealed class BlankSeparated(Stream inner) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _next, _end;
    private bool _quoted, _gap, _inLine;
    private byte? _waiting;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length && Next() is { } value)
            buffer[count++] = value;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private byte? Next()
    {
        if (_waiting is { } waiting)
        {
            _waiting = null;
            return waiting;
        }
        while (Raw() is { } value)
        {
            if (value == '"')
                _quoted = !_quoted;
            if (!_quoted && value is (byte)' ' or (byte)'\t')
            {
                _gap = _inLine;
                continue;
            }
            if (!_quoted && value is (byte)'\n' or (byte)'\r')
            {
                _gap = _inLine = false;
                return value;
            }
            _inLine = true;
            if (!_gap)
                return value;
            (_gap, _waiting) = (false, value);
            return (byte)'\t';
        }
        return null;
    }

    private byte? Raw()
    {
        if (_next == _end)
            (_next, _end) = (0, inner.Read(_buffer));
        return _next == _end ? null : _buffer[_next++];
    }
}
