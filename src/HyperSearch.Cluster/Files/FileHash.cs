using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace HyperSearch.Cluster.Files;

/// <summary>
/// The name of a file's content, in hexadecimal digits: 32 of XXH3-128 for data and checkpoints, 64 of SHA-256 for what is executed, where
/// nobody may be able to make another file of the same name.
/// </summary>
internal static class FileHash
{
    private const int Block = 1 << 18;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>XXH3-128 of a file.</summary>
    public static string Of(string path)
    {
        var hash = new XxHash128();
        Read(path, bytes => hash.Append(bytes));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>SHA-256 of a file.</summary>
    public static string OfProgram(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Read(path, bytes => hash.AppendData(bytes));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Whether a hash that came over the wire is one, so that it may name a file.</summary>
    public static bool IsOne(string hash) => hash.Length is 32 or 64 && !hash.AsSpan().ContainsAnyExcept(Digits);

    /// <summary>Whether a file has the length and the content that an entry says.</summary>
    public static bool Matches(string path, FileEntry entry) =>
        new FileInfo(path) is { Exists: true } file && file.Length == entry.Length
        && (entry.Hash.Length == 64 ? OfProgram(path) : Of(path)) == entry.Hash;

    private static void Read(string path, Action<ReadOnlySpan<byte>> take)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            for (var (at, count) = (0L, 0); (count = RandomAccess.Read(file, buffer, at)) > 0; at += count)
                take(buffer.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
