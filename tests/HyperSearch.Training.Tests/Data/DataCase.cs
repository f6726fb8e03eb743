using HyperSearch.Training.Data;

namespace HyperSearch.Training.Tests.Data;

/// <summary>Data in files, and what an independent reading of them says.</summary>
/// <param name="Source">How they are loaded; nothing is normalized, so that values can be compared.</param>
/// <param name="Files">The files by name.</param>
/// <param name="Expected">The rows as <see cref="LoadedRows"/> writes them; <c>null</c>, or one that gives it, where nobody can
/// tell.</param>
internal sealed record DataCase(DataSource Source, IReadOnlyDictionary<string, byte[]> Files, Func<Dataset, IEnumerable<string>?>? Expected)
{
    /// <summary>Whether the files are well formed, so that they must load.</summary>
    public bool MustLoad { get; init; } = true;

    /// <summary>The same with one file changed.</summary>
    public DataCase With(string name, byte[] content, Func<Dataset, IEnumerable<string>?>? expected) => this with
    {
        Files = Files.ToDictionary(file => file.Key, file => file.Key == name ? content : file.Value),
        Expected = expected,
        MustLoad = false,
    };
}
