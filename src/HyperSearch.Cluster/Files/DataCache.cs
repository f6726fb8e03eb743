using System.IO.Hashing;
using System.Text;
using HyperSearch.Hosting.Searches;
using HyperSearch.Spaces;

namespace HyperSearch.Cluster.Files;

/// <summary>What a worker has fetched of data and programs, by content, so that it is fetched once for all campaigns.</summary>
/// <remarks>
/// <c>cache/HASH.csv</c> is a file, with its own ending because readers choose by it; <c>cache/HASH</c> a folder of pictures;
/// <c>programs/HASH</c> what a command ships. Nothing has its name before it is whole and verified. Several workers may share the folder.
/// What was fetched is kept until this is disposed, and then as long as <see cref="CacheBound"/> has room.
/// </remarks>
/// <param name="folder">The worker's folder: <c>--work DIR</c>.</param>
/// <param name="mostBytes">How many bytes to keep for later.</param>
/// <param name="time">The clock. Default: the system's.</param>
internal sealed class DataCache(string folder, long mostBytes = long.MaxValue, TimeProvider? time = null) : IDisposable
{
    private const int MostEnding = 32;
    private const int MostTries = 5;

    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly CacheBound _bound = new(Path.GetFullPath(folder), mostBytes, time ?? TimeProvider.System);
    private readonly string _data = Path.Combine(Path.GetFullPath(folder), "cache");
    private readonly string _programs = Path.Combine(Path.GetFullPath(folder), "programs");

    /// <summary>The place of an input here, fetched first where it is missing or damaged.</summary>
    /// <param name="input">The file or folder, as the host lists it.</param>
    /// <param name="read">Reads a piece of a file at the host; <c>null</c> when the host does not have it.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ClusterException">The list is unsound, or the host does not have what it lists.</exception>
    public Task<string> FetchAsync(InputFile input, ReadPiece read, CancellationToken stop)
    {
        if (input.IsFolder)
        {
            var manifest = new Manifest(input.Files);
            manifest.Check($"\"{input.Path}\"", long.MaxValue);
            return FolderAsync(Path.Combine(_data, NameOf(manifest)), manifest, input.Path, read, stop);
        }

        return input.Files is [var file] && FileHash.IsOne(file.Hash) && file.Length >= 0
            ? FileAsync(file, input.Path, read, stop)
            : throw new ClusterException($"The host's list of \"{input.Path}\" is unsound.");
    }

    /// <summary>The folder of a command's files here, fetched first where they are missing or were changed.</summary>
    /// <param name="bundle">The files, as the host lists them.</param>
    /// <param name="read">Reads a piece of a file at the host; <c>null</c> when the host does not have it.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ClusterException">The list is unsound, or the host does not have what it lists.</exception>
    public async Task<string> UnpackAsync(Manifest bundle, ReadPiece read, CancellationToken stop)
    {
        bundle.Check("The bundle of the command", CommandBundle.MostBytes);
        if (!Array.TrueForAll(bundle.Files, file => file.Hash.Length == 64))
            throw new ClusterException("The host's list of the command's files is unsound: programs are known by SHA-256.");
        return await FolderAsync(Path.Combine(_programs, NameOf(bundle)), bundle, "the command's files", read, stop);
    }

    /// <inheritdoc/>
    public void Dispose() => _bound.Dispose();

    /// <summary>Whether a path is that of data here.</summary>
    public bool Holds(string path) => path.StartsWith(_data + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        && PathLaw.Fault(Path.GetRelativePath(_data, path).Replace(Path.DirectorySeparatorChar, '/')) is null;

    /// <summary>The text of a search file with an input at its place here.</summary>
    public static string Place(string searchText, InputFile input, string place) =>
        SearchEdit.Set(searchText, $"{input.Key}={SpaceText.Quoted(place)}").Text;

    /// <summary>The name of a folder by what is in it.</summary>
    internal static string NameOf(Manifest manifest)
    {
        var hash = new XxHash128();
        foreach (var file in manifest.Files)
            hash.Append(Encoding.UTF8.GetBytes($"{file.Path}\0{file.Length}\0{file.Hash}\0{file.IsProgram}\n"));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The ending of a file's name from its first dot on, as far as it may name a file here.</summary>
    internal static string EndingOf(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var ending = dot < 0 ? "" : name[dot..];
        if (ending.Length > MostEnding || !ending.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') || ending.EndsWith('.'))
            ending = Path.GetExtension(name);
        return ending.Length <= MostEnding && ending.All(c => char.IsAsciiLetterOrDigit(c) || c == '.') ? ending : "";
    }

    private async Task<string> FileAsync(
        FileEntry file, string name, ReadPiece read, CancellationToken stop)
    {
        Directory.CreateDirectory(_data);
        var place = Path.Combine(_data, file.Hash + EndingOf(Path.GetFileName(name.Replace('\\', '/'))));
        await _bound.UseAsync(place, stop);
        if (await Task.Run(() => FileHash.Matches(place, file), stop))
            return Used(place);
        var entry = file with { Path = "file" };
        await MakeAsync(new Manifest([entry]), name, read, made => File.Move(Path.Combine(made, entry.Path), place, overwrite: true), stop);
        return Used(place);
    }

    private async Task<string> FolderAsync(
        string place, Manifest manifest, string name, ReadPiece read, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        await _bound.UseAsync(place, stop);
        if (await Task.Run(IsThere, stop))
            return Used(place);
        await MakeAsync(
            manifest,
            name,
            read,
            made =>
            {
                foreach (var file in manifest.Files)
                    Protect(Path.Combine(made, file.Path), file.IsProgram);
                // A worker beside this one may have been faster, and work there.
                if (!IsThere() && FolderSwap.Put(made, place) is { } aside)
                    Directory.Delete(aside, recursive: true);
            },
            stop);
        return Used(place);

        bool IsThere() => Directory.Exists(place) && manifest.Files.All(file => FileHash.Matches(Path.Combine(place, file.Path), file));
    }

    private string Used(string place)
    {
        _bound.Touch(place);
        _bound.Trim(_data, _programs);
        return place;
    }

    private async Task MakeAsync(
        Manifest manifest, string name, ReadPiece read, Action<string> put, CancellationToken stop)
    {
        Sweep(Directory.CreateDirectory(_data));
        for (var tries = 0; tries < MostTries; tries++)
        {
            var made = Path.Combine(_data, $"{FolderSwap.Coming}{Guid.NewGuid():N}");
            try
            {
                if (await HostFiles.FillAsync(made, made, manifest, read, stop))
                {
                    put(made);
                    return;
                }
            }
            finally
            {
                if (Directory.Exists(made))
                    Directory.Delete(made, recursive: true);
            }
        }

        throw new ClusterException(
            $"\"{name}\" of the host was fetched {MostTries} times and never arrived as the host lists it: was it changed there?");
    }

    /// <summary>
    /// Removes what killed workers left half fetched. Another worker may be fetching here now, so a day has to lie between its last new
    /// file and ours.
    /// </summary>
    private static void Sweep(DirectoryInfo data)
    {
        var mark = data.CreateSubdirectory($"{FolderSwap.Coming}{Guid.NewGuid():N}"); // its time is that of the disk's own clock
        var now = mark.LastWriteTimeUtc;
        mark.Delete();
        foreach (var left in data.EnumerateDirectories($"{FolderSwap.Coming}*").Where(left => now - left.LastWriteTimeUtc > Abandoned))
        {
            try
            {
                left.Delete(recursive: true);
            }
            catch (IOException)
            {
                // Another worker removes it too.
            }
        }
    }

    /// <summary>What was shipped is read, not written; a program may be run.</summary>
    private static void Protect(string path, bool isProgram)
    {
        if (OperatingSystem.IsWindows())
            return;
        var mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        if (isProgram)
            mode |= UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, mode);
    }
}
