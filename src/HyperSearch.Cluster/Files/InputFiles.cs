using System.Collections.Frozen;
using System.Collections.Immutable;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Files;

/// <summary>A file or a folder that a campaign's search file names.</summary>
/// <param name="Key">Where the search file names it: <c>objective.train.data.images</c>.</param>
/// <param name="Path">Its path at the host, absolute; for messages.</param>
/// <param name="IsFolder">Whether it is a folder of pictures.</param>
/// <param name="Files">The file, by its name; of a folder all files, by their paths inside it.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.InputFile")]
internal sealed record InputFile(
    [property: Id(0)] string Key, [property: Id(1)] string Path, [property: Id(2)] bool IsFolder, [property: Id(3)] FileEntry[] Files);

/// <summary>The files that a campaign's objective reads, by their content: workers fetch what their cache lacks.</summary>
internal sealed class InputFiles
{
    private const long MostBytes = 1L << 40;

    private readonly FrozenDictionary<string, string> _places;

    private InputFiles(ImmutableArray<InputFile> all, IEnumerable<(string Hash, string Path)> more)
    {
        All = all;
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in all)
        {
            foreach (var file in input.Files)
                places[file.Hash] = input.IsFolder ? Path.Combine(input.Path, file.Path) : input.Path;
        }

        foreach (var (hash, path) in more)
            places[hash] = path;
        _places = places.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What a worker needs before it can run a job; it goes into the answer to a worker that joins.</summary>
    public ImmutableArray<InputFile> All { get; }

    /// <summary>Lists the files of a search, and reads each once for its hash.</summary>
    /// <param name="search">The search, with the paths of this machine.</param>
    /// <param name="bundle">The files of its command, which workers fetch the same way; <c>null</c> when it ships none.</param>
    /// <exception cref="ClusterException">A file cannot be read or sent.</exception>
    public static InputFiles Of(Search search, CommandBundle? bundle = null)
    {
        try
        {
            return new InputFiles(
                [.. Paths(search).Select(input => Of(input.Key, input.Path))],
                bundle is null ? [] : bundle.Manifest.Files.Select(file => (file.Hash, Path.Combine(bundle.Folder, file.Path))));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"The data of \"{search.Name}\" cannot be sent to workers: {failure.Message}", failure);
        }
    }

    /// <summary>A piece of the file with a content; <c>null</c> when none of the campaign's files has it.</summary>
    public async Task<Piece?> ReadAsync(string hash, long offset, CancellationToken stop = default) =>
        _places.TryGetValue(hash, out var path) ? await Pieces.ReadAsync(path, offset, stop) : null;

    /// <summary>Every path that a search file's data name, by its place in the file.</summary>
    internal static IEnumerable<(string Key, string Path)> Paths(Search search)
    {
        if (search.Objective is not TrainingDefinition { Data: var data })
            return [];
        var folder = Path.GetFullPath(data.Folder ?? ".");
        return new (string Key, string? Path)[]
        {
            ("", data.Path), (".train", data.Train), (".dev", data.Dev), (".test", data.Test),
            (".images", data.Images), (".labels", data.Labels), (".dev_images", data.DevImages), (".dev_labels", data.DevLabels),
            (".test_images", data.TestImages), (".test_labels", data.TestLabels),
        }.Where(named => named.Path is not null)
            .Select(named => ($"objective.train.data{named.Key}", Path.GetFullPath(named.Path!, folder)));
    }

    private static InputFile Of(string key, string path) => Directory.Exists(path)
        ? new InputFile(key, path, true, Manifest.Of(path, FileHash.Of, MostBytes).Files)
        : new InputFile(key, path, false, [new FileEntry(Path.GetFileName(path), new FileInfo(path).Length, FileHash.Of(path))]);
}
