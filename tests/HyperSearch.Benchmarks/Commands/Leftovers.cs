using System.Globalization;

namespace HyperSearch.Benchmarks.Commands;

/// <summary>What a process has of the system at a moment.</summary>
/// <param name="Children">Child processes, zombies among them.</param>
/// <param name="Zombies">Children that have ended and were not fetched.</param>
/// <param name="OpenFiles">Open descriptors.</param>
/// <param name="TemporaryFiles">Entries of the temporary folder.</param>
internal sealed record Leftovers(int Children, int Zombies, int OpenFiles, int TemporaryFiles)
{
    /// <summary>This process's now.</summary>
    public static Leftovers Now()
    {
        var children = Directory.EnumerateDirectories("/proc/self/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .ToList();
        return new Leftovers(
            children.Count,
            children.Count(child => File.Exists($"/proc/{child}/stat") && File.ReadAllText($"/proc/{child}/stat")
                .Contains(") Z", StringComparison.Ordinal)),
            Directory.GetFileSystemEntries("/proc/self/fd").Length,
            Directory.GetFileSystemEntries(Path.GetTempPath()).Length);
    }

    /// <summary>What has been added since another moment.</summary>
    public Leftovers Since(Leftovers before) =>
        new(Children - before.Children, Zombies - before.Zombies, OpenFiles - before.OpenFiles, TemporaryFiles - before.TemporaryFiles);

    /// <summary>For people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Children} processes, {Zombies} zombies, {OpenFiles} open files, {TemporaryFiles} temporary files");
}
