using System.Diagnostics;
using System.IO.Compression;
using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Packages;

/// <summary>The packages of this build in a feed of their own, in a folder outside of the repository.</summary>
public sealed class Feed : IDisposable
{
    /// <summary>No released version, so that nothing else can be meant.</summary>
    public const string Version = "0.0.0-test";

    public Feed()
    {
        Folder = Directory.CreateTempSubdirectory("hypersearch-packages-").FullName;
        Directory.CreateDirectory(PathOf("feed"));
        var build = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)); // debug or release
        Run(Repository.Folder("."), "dotnet", "pack", "HyperSearch.sln", "--no-build", "-c", build, $"-p:PackageVersion={Version}", "-o",
            PathOf("feed"));
    }

    public string Folder { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A NuGet configuration that knows this feed, <paramref name="alone"/> or beside the machine's own sources, and takes from
    /// <paramref name="also"/> what lies there.</summary>
    public string Configuration(string folder, string also = "", bool alone = true) => Write(Path.Combine(folder, "nuget.config"), $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{PathOf("packages")}" /></config>
          <packageSources>{(alone ? "<clear />" : "")}<add key="feed" value="{PathOf("feed")}" /></packageSources>
          <fallbackPackageFolders>{also}</fallbackPackageFolders>
        </configuration>
        """);

    public string Write(string name, string text)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>What is in a package or its symbols.</summary>
    public ZipArchive Open(string file) => ZipFile.OpenRead(Path.Combine(PathOf("feed"), file));

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>What it wrote to stdout.</returns>
    public static string Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // No server of a build outlives the test.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_NOLOGO"] = "1" },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var running = new Running(Process.Start(start)!);
        // A native publish took over three minutes on a busy machine.
        var finished = running.Finish(TimeSpan.FromMinutes(10));
        Assert.True(finished.Code == 0, $"{program} {string.Join(' ', arguments)}: {finished.Output}{finished.Error}");
        return finished.Output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
