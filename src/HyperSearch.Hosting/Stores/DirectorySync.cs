using System.Runtime.InteropServices;

namespace HyperSearch.Hosting.Stores;

/// <summary>Makes the names in a folder durable: a file's own flush does not put its name on disk.</summary>
internal static class DirectorySync
{
    /// <summary>Flushes a folder's entries. Windows does so by itself, and a file system that cannot do it is left alone.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = NativeMethods.Open(folder, 0);
        if (handle < 0)
            return;
        _ = NativeMethods.FileSync(handle);
        _ = NativeMethods.Close(handle);
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "open")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int FileSync(int handle);

        [DllImport("libc", EntryPoint = "close")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Close(int handle);
    }
}
