using System.Text;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Reading;

/// <summary>A file that the user named: opened with gzip undone, its failures told in plain words.</summary>
internal sealed class DataFile
{
    private const long DeflateLimit = 1100; // deflate never shrinks more than 1,032 to 1
    private readonly string _fullPath;
    private byte[]? _asCsv;

    /// <summary>The file at <paramref name="path"/>, which may be relative to <paramref name="folder"/>.</summary>
    public DataFile(string? folder, string path)
    {
        RequireName(path);
        _fullPath = Path.GetFullPath(path, Path.GetFullPath(folder ?? "."));
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _fullPath).Replace('\\', '/');
        Name = relative.StartsWith("../", StringComparison.Ordinal) ? _fullPath : relative;
    }

    /// <summary>Refuses what is no name of a file.</summary>
    /// <exception cref="DataException">It is blank, or holds a character that no name has.</exception>
    public static void RequireName(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new DataException("The name of a data file is empty; write the path of a file.");
    }

    /// <summary>The file as messages name it: relative to the current folder where it lies under it.</summary>
    public string Name { get; }

    /// <summary>The whole path.</summary>
    public string FullPath => _fullPath;

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Directory.Exists(_fullPath);

    /// <summary>Whether it was a Parquet file when it was read; its text is then that of a CSV file with a header.</summary>
    public bool IsParquet => _asCsv is not null;

    /// <summary>Whether the content begins as an IDX or NPY file does.</summary>
    /// <exception cref="DataException">The file is missing or unreadable.</exception>
    public bool IsArray() => Read(static stream =>
    {
        Span<byte> magic = stackalloc byte[4];
        return stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
            && magic is [0x93, (byte)'N', (byte)'U', (byte)'M'] or [0, 0, >= 0x08 and <= 0x0E, > 0 and <= 4];
    });

    /// <summary>Reads the content from the start, whatever the file's name: gunzipped when it begins as gzip does, as CSV when it begins as
    /// Parquet does.</summary>
    /// <exception cref="DataException">The file is missing, unreadable or damaged.</exception>
    public T Read<T>(Func<Stream, T> reader) => Read((stream, _) => reader(stream));

    /// <summary>
    /// Reads the content as <see cref="Read{T}(Func{Stream, T})"/> does; the reader also gets the most bytes that there can be.
    /// </summary>
    /// <exception cref="DataException">The file is missing, unreadable or damaged.</exception>
    public T Read<T>(Func<Stream, long, T> reader)
    {
        try
        {
            RefuseWithoutContent();
            using var file = new FileStream(_fullPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            if (!file.CanSeek)
                throw WithoutContent(); // a pipe that a shell has opened, as /dev/stdin or <(command)
            var head = new byte[4];
            var zipped = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) >= 2 && head is [0x1f, 0x8b, ..];
            file.Position = 0;
            if (ParquetTable.Is(head) && !ParquetSwitch.IsOn)
                throw new DataException($"{Name}: this program was trimmed or compiled ahead and reads no Parquet files; write it as CSV.");
            if (ParquetSwitch.IsOn && ParquetTable.Is(head))
                return reader(new MemoryStream(_asCsv ??= ParquetTable.ToCsv(file, Name), writable: false), _asCsv.Length);
            if (!zipped)
                return reader(file, file.Length);
            using var unzipped = new BufferedStream(new CheckedGzip(file), 1 << 16);
            return reader(unzipped, file.Length * DeflateLimit);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"The data file {Name} does not exist.{Neighbour()}", e);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{Name}: the gzip compression is damaged or cut short; fetch or compress the file again.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataException(Directory.Exists(_fullPath) ? $"{Name} is a folder; name a file in it." : $"{Name} may not be read "
                + $"by this user.", e);
        }
        catch (EndOfStreamException e)
        {
            throw new DataException($"{Name}: the file ends too early; it is truncated.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataException($"{Name}: the file begins as UTF-16 or UTF-32 does, but not all of its bytes are characters; it is "
                + $"damaged. Save it as UTF-8.", e);
        }
        catch (IOException e)
        {
            throw new DataException($"{Name} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Refuses an empty file, and what has no length of its own, before it is opened: a pipe without a writer would keep its
    /// reader for ever, and a device would never end.</summary>
    private void RefuseWithoutContent()
    {
        var file = File.ResolveLinkTarget(_fullPath, returnFinalTarget: true) ?? new FileInfo(_fullPath);
        if (file is FileInfo { Exists: true, Length: 0 })
            throw WithoutContent();
    }

    private DataException WithoutContent() => new(
        $"{Name}: the file is empty, or it is a pipe or a device. Data are read several times, so they have to be in a file.");

    private string Neighbour()
    {
        var folder = Path.GetDirectoryName(_fullPath);
        return folder is null || !Directory.Exists(folder)
            ? ""
            : Nearest.Hint(Path.GetFileName(_fullPath), Directory.EnumerateFiles(folder).Take(1000).Select(static f =>
            Path.GetFileName(f)));
    }
}
