namespace HyperSearch.Cluster.Files;

/// <summary>One file of a folder that is sent.</summary>
/// <param name="Path">Its path inside the folder, with <c>/</c> between the names, by <see cref="PathLaw"/>.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Hash">Its content, as <see cref="FileHash"/> names it.</param>
/// <param name="IsProgram">Whether its owner may execute it.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.FileEntry")]
internal sealed record FileEntry(
    [property: Id(0)] string Path, [property: Id(1)] long Length, [property: Id(2)] string Hash, [property: Id(3)] bool IsProgram = false);
