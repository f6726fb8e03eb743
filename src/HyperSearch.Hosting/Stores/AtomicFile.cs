namespace HyperSearch.Hosting.Stores;

/// <summary>Replaces small files whole, so that a reader sees the old file or the new one.</summary>
internal static class AtomicFile
{
    /// <summary>Replaces a file.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var beside = path + ".new";
        try
        {
            File.Delete(beside); // a link in its place would be written through
            File.WriteAllBytes(beside, bytes);
            File.Move(beside, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Reads a file that may be replaced meanwhile.</summary>
    public static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
