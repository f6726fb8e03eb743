namespace HyperSearch.Cli.Output;

/// <summary>Standard output or standard error, which may take nothing: its disk is full, it was closed, its terminal has gone.</summary>
/// <remarks>A reader that has left, as <c>head</c> does, is no failure; the system's stream passes over that.</remarks>
/// <param name="stream">The system's stream.</param>
/// <param name="isNeeded">Whether a command fails whose text nobody gets. Notes are for those who watch: without them a campaign goes
/// on.</param>
internal sealed class StandardStream(Stream stream, bool isNeeded) : Stream
{
    private volatile IOException? _loss;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_loss is not null)
            return; // what comes after a gap is of no use
        try
        {
            stream.Write(buffer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!isNeeded)
                return;
            _loss = new IOException($"The output cannot be written: {(failure.InnerException ?? failure).Message}.", failure);
            throw _loss;
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Passes on what was written.</summary>
    /// <exception cref="IOException">Something of it was lost.</exception>
    public override void Flush()
    {
        if (_loss is not null)
            throw new IOException(_loss.Message, _loss);
        stream.Flush();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
