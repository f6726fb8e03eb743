namespace HyperSearch.Training.Data.Reading;

/// <summary>
/// Makes one tab of each run of blanks between two cells, so that a white-space separated file reads like a tab-separated one.
/// </summary>
/// <remarks>Blanks at both ends of a line are dropped, blanks between double quotes stay, and lines keep their numbers.</remarks>
internal sealed class BlankSeparated(Stream inner) : ForwardStream(inner)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _next, _end;
    private bool _quoted, _gap, _inLine;
    private byte? _waiting;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length && Next() is { } value)
            buffer[count++] = value;
        return count;
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
            (_next, _end) = (0, Inner.Read(_buffer));
        return _next == _end ? null : _buffer[_next++];
    }
}
