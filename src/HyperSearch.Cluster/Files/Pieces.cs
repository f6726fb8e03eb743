namespace HyperSearch.Cluster.Files;

/// <summary>A stretch of a file on the wire.</summary>
/// <param name="Bytes">The bytes; nobody writes to them any more.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.Piece")]
internal sealed record Piece([property: Id(0)] byte[] Bytes);

/// <summary>Reads the piece of a file at an offset from where the file comes from; <c>null</c> when it is not there.</summary>
internal delegate Task<Piece?> ReadPiece(FileEntry file, long offset, CancellationToken stop);

/// <summary>Files in pieces of 1 MiB, several of them on their way at a time.</summary>
internal static class Pieces
{
    /// <summary>The size of a piece in bytes: 1 MiB, far below the largest message.</summary>
    public const int Size = 1 << 20;

    /// <summary>How many pieces of a transfer are on their way at a time.</summary>
    public const int InFlight = 8;

    /// <summary>Reads the piece of a file that begins at an offset; an empty one behind its end.</summary>
    public static async Task<Piece> ReadAsync(string path, long offset, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        using var file = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        var bytes = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(RandomAccess.GetLength(file) - offset, 0, Size));
        var read = 0;
        while (read < bytes.Length && await RandomAccess.ReadAsync(file, bytes.AsMemory(read), offset + read, stop) is > 0 and var count)
            read += count;
        return new Piece(read == bytes.Length ? bytes : bytes[..read]);
    }

    /// <summary>Writes a piece; the file is made by the first one that comes.</summary>
    public static async Task WriteAsync(string path, long offset, Piece piece, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, FileOptions.Asynchronous);
        await RandomAccess.WriteAsync(file, piece.Bytes, offset, stop);
    }

    /// <summary>Moves all pieces of some files.</summary>
    /// <param name="files">The files, with whatever the caller knows them by.</param>
    /// <param name="move">Moves the piece at an offset; an empty file has one piece, which is empty.</param>
    /// <param name="stop">Ends it between two pieces.</param>
    public static Task MoveAsync<T>(
        IEnumerable<(T File, long Length)> files, Func<T, long, CancellationToken, Task> move, CancellationToken stop) =>
        Parallel.ForEachAsync(
            files.SelectMany(file => Offsets(file.Length).Select(offset => (file.File, Offset: offset))),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = stop },
            async (piece, end) => await move(piece.File, piece.Offset, end));

    private static IEnumerable<long> Offsets(long length)
    {
        for (var offset = 0L; offset == 0 || offset < length; offset += Size)
            yield return offset;
    }
}
