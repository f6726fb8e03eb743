namespace HyperSearch.Tests.Journals;

/// <summary>A disk that takes so many bytes and no more: writes what fits and fails, as a file system does. Flushing can fail
/// too.</summary>
internal sealed class FullDisk(string path, long capacity) : Stream
{
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);

    public long Capacity { get; set; } = capacity;

    public bool FlushFails { get; set; }

    public bool CutFails { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _file.Length;

    public override long Position { get => _file.Position; set => _file.Position = value; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        var room = (int)Math.Clamp(Capacity - _file.Position, 0, count);
        _file.Write(buffer, offset, room);
        _file.Flush();
        if (room < count)
            throw new IOException("No space left on device.");
    }

    public override void Flush()
    {
        if (FlushFails)
            throw new IOException("Input/output error.");
        _file.Flush();
    }

    public override void SetLength(long value)
    {
        if (CutFails)
            throw new IOException("Input/output error.");
        _file.SetLength(value);
    }

    public override int Read(byte[] buffer, int offset, int count) => _file.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }
}
