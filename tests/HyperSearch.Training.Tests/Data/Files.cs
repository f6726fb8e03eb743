using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Training.Tests.Data;

/// <summary>A folder of files that lasts as long as a test.</summary>
internal sealed class Files : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("hypersearch-").FullName;

    /// <summary>The kept data sets of the repository.</summary>
    public static string Kept { get; } = Path.Combine(RepositoryRoot(), "searches", "data");

    public string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return name;
    }

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), content);
        return name;
    }

    public Dataset Load(DataSource source, ulong seed = 1) => DatasetLoader.Load(source with { Folder = Folder }, seed);

    public Dataset LoadCsv(string csv, DataSource? source = null) =>
        Load((source ?? new DataSource { Label = "y" }) with { Path = Write("data.csv", csv) });

    public string CsvError(string csv, DataSource? source = null) => Assert.Throws<DataException>(() => LoadCsv(csv, source)).Message;

    public string Error(DataSource source) => Assert.Throws<DataException>(() => Load(source)).Message;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HyperSearch.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder;
    }
}
