using System.IO.Hashing;

namespace HyperSearch.Cluster.Tests.Files;

/// <summary>A folder that goes when its test is over.</summary>
internal sealed class TestFolder : IDisposable
{
    private const string InMemory = "/dev/shm"; // ten thousand files cost a second there, and many on a disk that others use too

    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath(), $"hypersearch-{Guid.NewGuid():N}")).FullName;

    public string this[string inside] => System.IO.Path.Combine(Path, inside);

    public TestFolder Write(string path, int length, int seed = 1) => Write(path, Bytes(length, seed));

    public TestFolder Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.WriteAllBytes(this[path], bytes);
        return this;
    }

    /// <summary>Every file below a folder with its content, in order: what two equal folders have in common.</summary>
    public static string Content(string folder) => !Directory.Exists(folder) ? "none" : string.Join('\n', Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => $"{System.IO.Path.GetRelativePath(folder, path)} {Convert.ToHexString(XxHash3.Hash(File.ReadAllBytes(path)))}"));

    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        for (var (i, state) = (0, (uint)seed); i < length; i++)
            bytes[i] = (byte)((state = (state * 1664525) + 1013904223) >> 24);
        return bytes;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
