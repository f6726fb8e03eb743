using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using HyperSearch.Hosting;
using HyperSearch.Spaces;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Packages;

public sealed partial class PackageTests(Feed feed) : IClassFixture<Feed>
{
    [Theory]
    [InlineData("HyperSearch.Numerics", "lib/net10.0/HyperSearch.Numerics.dll", "lib/net10.0/HyperSearch.Numerics.xml")]
    [InlineData("HyperSearch", "lib/net10.0/HyperSearch.dll", "lib/net10.0/HyperSearch.xml")]
    [InlineData("HyperSearch.Training", "lib/net10.0/HyperSearch.Training.dll", "lib/net10.0/HyperSearch.Training.xml")]
    [InlineData("HyperSearch.Hosting", "lib/net10.0/HyperSearch.Hosting.dll", "lib/net10.0/HyperSearch.Hosting.xml")]
    [InlineData("HyperSearch.Plots", "lib/net10.0/HyperSearch.Plots.dll", "lib/net10.0/HyperSearch.Plots.xml")]
    [InlineData("HyperSearch.Cluster", "lib/net10.0/HyperSearch.Cluster.dll", "lib/net10.0/HyperSearch.Cluster.xml")]
    [InlineData("HyperSearch.Cli", "tools/net10.0/any/HyperSearch.Cli.dll", "tools/net10.0/any/DotnetToolSettings.xml")]
    public void Package_CarriesItsReadmeLicenceAndSymbols(string name, params string[] files)
    {
        using var package = feed.Open($"{name}.{Feed.Version}.nupkg");
        Assert.All(["PACKAGE.md", "LICENSE", .. files], file => Assert.NotNull(package.GetEntry(file)));
        using var description = new StreamReader(package.GetEntry($"{name}.nuspec")!.Open());
        var text = description.ReadToEnd();
        Assert.Contains("<license type=\"expression\">MIT</license>", text, StringComparison.Ordinal);
        Assert.Contains("<readme>PACKAGE.md</readme>", text, StringComparison.Ordinal);

        var code = files[0].Replace(".dll", ".pdb", StringComparison.Ordinal);
        if (name == "HyperSearch.Cli")
        {
            Assert.NotNull(package.GetEntry(code)); // a tool has its symbols inside
            // a tool for every platform has no program of one
            Assert.DoesNotContain(package.Entries, static entry => entry.Name is "hypersearch" or "HyperSearch.Cli");
            return;
        }

        using var symbols = feed.Open($"{name}.{Feed.Version}.snupkg");
        Assert.NotNull(symbols.GetEntry(code));
    }

    /// <summary>Packages name more than their code needs: Orleans the libraries of the compiler, which were a sixth of the tool.</summary>
    [Fact]
    public void Tool_HoldsNoLibraryOfTheCompiler()
    {
        using var package = feed.Open($"HyperSearch.Cli.{Feed.Version}.nupkg");
        Assert.Contains(package.Entries, static entry => entry.Name == "Orleans.Core.dll");
        Assert.DoesNotContain(package.Entries, static entry => UnneededLibrary().IsMatch(entry.Name));
        using var dependencies = new StreamReader(package.GetEntry("tools/net10.0/any/HyperSearch.Cli.deps.json")!.Open());
        Assert.DoesNotMatch(UnneededLibrary(), dependencies.ReadToEnd()); // else the host asks for them as it starts
    }

    [Fact]
    public void Tool_InstalledFromTheFeedAlone_TunesAProgramFarFromTheRepository()
    {
        var away = Path.GetDirectoryName(feed.Write("away/scripts/train.sh",
            File.ReadAllText(Path.Combine(Repository.Folder("searches"), "scripts", "train.sh"))))! + "/..";
        File.Copy(Path.Combine(Repository.Folder("searches"), "shell.yaml"), Path.Combine(away, "shell.yaml"));
        Feed.Run(away, "dotnet", "tool", "install", "HyperSearch.Cli", "--version", Feed.Version, "--tool-path", feed.PathOf("tools"),
            "--configfile", feed.Configuration("install"));
        var tool = Path.Combine(feed.PathOf("tools"), "hypersearch");

        Feed.Run(away, tool, "run", "shell.yaml", "--trials", "6");
        using var rank = JsonDocument.Parse(Feed.Run(away, tool, "rank", "shell", "--json"));
        Assert.Equal(6, rank.RootElement.GetArrayLength());
        // the drawing libraries came along
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(away, "results", "shell", "plots"), "*.png"));
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(away, "results", "shell", "logs")));
    }

    [Fact]
    public void PureLibrary_RestoresNoPackageFromOutsideAndDecides()
    {
        feed.Configuration("pure"); // this feed alone: anything else could not be restored
        Program("pure", "HyperSearch", $$"""
            static double Train(double learningRate, double units) => Math.Pow(Math.Log10(learningRate) + 2, 2) + units / 1e4;
            {{Example("HyperSearch")}}
            """);
        Assert.Contains("learning_rate=0.0", Feed.Run(feed.PathOf("pure"), "dotnet", "run"), StringComparison.Ordinal);
        using var assets = JsonDocument.Parse(File.ReadAllText(feed.PathOf("pure/obj/project.assets.json")));
        Assert.Equal(["HyperSearch", "HyperSearch.Numerics"],
            assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Examples_OfEveryPackageRun()
    {
        feed.Configuration("examples", also: Known);
        string[] packages =
            ["HyperSearch.Numerics", "HyperSearch.Training", "HyperSearch.Hosting", "HyperSearch.Plots", "HyperSearch.Cluster"];
        foreach (var package in packages)
            feed.Write($"examples/{package}.cs", Wrapped(package).Replace("7766", FreePort(), StringComparison.Ordinal));
        Program("examples", "HyperSearch.Plots HyperSearch.Cluster",
            string.Concat(packages.Select(package => $"await {package.Replace(".", "", StringComparison.Ordinal)}.RunAsync();\n")));
        var output = Feed.Run(feed.PathOf("examples"), "dotnet", "run");
        Assert.Contains("dev error 0.", output, StringComparison.Ordinal);
        Assert.Contains("RMSE 0.", output, StringComparison.Ordinal);
        Assert.Contains("w = 4.99", output, StringComparison.Ordinal);
        Assert.Contains("mine: all 40 trials are done", output, StringComparison.Ordinal);
        Assert.Contains("own: all 40 trials are done", output, StringComparison.Ordinal);
        Assert.Contains("history.png", output, StringComparison.Ordinal);
        Assert.Contains("many: all 40 trials are done", output, StringComparison.Ordinal);
    }

    /// <summary>Warnings are errors: nothing of the library, or below it, works by reflection that trimming cannot follow.</summary>
    [Theory]
    [InlineData("PublishTrimmed")]
    [InlineData("PublishAot")]
    public void Program_PublishedSmallOrNativeDecidesAsHere(string way)
    {
        if (way == "PublishAot" && !Programs.Exist("clang") && !Programs.Exist("gcc"))
        {
            Assert.Skip("There is no linker here (clang or gcc), so no program can be compiled ahead. "
                + "The analyzers of the build still hold.");
        }

        feed.Configuration(way, also: Known, alone: false); // the compiler and the runtime come from where the machine has packages from
        Program(way, "HyperSearch.Hosting", """
            using HyperSearch;
            using HyperSearch.Hosting;
            using HyperSearch.Planning;
            using HyperSearch.Spaces;

            var space = new Space([new Parameter("rate", new LogScale(1e-4, 1)), new Parameter("units", new LogIntScale(16, 256))]);
            static double Loss(Point point) =>
                Math.Pow(Math.Log10(point["rate"].Number) + 2, 2) + Math.Abs(point["units"].Number - 64) / 64;
            var search = new AskAndTell(space, new SearchOptions { Trials = 40, Slots = 1 });
            while (search.Ask() is { } job)
                search.Tell(job, Loss(job.Point));
            Console.WriteLine(search.Ranking[0].Point);
            foreach (var folder in new[] { null, "results/kept", "results/kept" })
            {
                var options = new CampaignOptions { Trials = 40, Slots = 1, Folder = folder };
                Console.WriteLine((await Search.MinimizeAsync(space, (trial, _) => Task.FromResult(Loss(trial.Point)), options)).BestPoint);
            }
            """, $"<{way}>true</{way}><TreatWarningsAsErrors>true</TreatWarningsAsErrors><TrimmerSingleWarn>false</TrimmerSingleWarn>");
        // Not optimized and without symbols it is compiled in less than half of the time.
        Feed.Run(feed.PathOf(way), "dotnet", "publish", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "out", "-p:Optimize=false",
            "-p:NativeDebugSymbols=false", "-p:StripSymbols=false");
        var output = Feed.Run(feed.PathOf(way), Path.Combine(feed.PathOf(way), "out", way))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([$"{Best()}", $"{Best()}", $"{Best()}", $"{Best()}"], output);
        Assert.Equal(40, KeptCampaign.Read(Path.Combine(feed.PathOf(way), "results", "kept")).Trials.Length);
        Assert.False(File.Exists(Path.Combine(feed.PathOf(way), "out", "LiteDB.dll")));
    }

    private static string Reference(string package) => $"<PackageReference Include=\"{package}\" Version=\"{Feed.Version}\" />";

    /// <summary>A port that nobody listens on at this moment.</summary>
    private static string FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static string Known => $"<add key=\"known\" value=\"{Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")}\" />";

    /// <summary>The winner of the same search in this process.</summary>
    private static Point Best()
    {
        var search = new AskAndTell(
            new Space([new Parameter("rate", new LogScale(1e-4, 1)), new Parameter("units", new LogIntScale(16, 256))]),
            new SearchOptions { Trials = 40, Slots = 1 });
        while (search.Ask() is { } job)
            search.Tell(job, Math.Pow(Math.Log10(job.Point["rate"].Number) + 2, 2) + Math.Abs(job.Point["units"].Number - 64) / 64);
        return search.Ranking[0].Point;
    }

    private void Program(string folder, string packages, string code, string properties = "")
    {
        feed.Write($"{folder}/{folder}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>{properties}
              </PropertyGroup>
              <ItemGroup>{string.Concat(packages.Split(' ').Select(Reference))}</ItemGroup>
            </Project>
            """);
        feed.Write($"{folder}/Program.cs", Sorted(code));
    }

    /// <summary>The C# that a package's readme shows: its statements, or the types that it declares.</summary>
    private static string Example(string package, bool types = false) => string.Join('\n', CSharp()
        .Matches(File.ReadAllText(Path.Combine(Repository.Folder("src"), package, "PACKAGE.md")))
        .Select(block => block.Groups["code"].Value)
        .Where(code => code.Contains("\npublic sealed ", StringComparison.Ordinal) == types));

    /// <summary>The example as a method, beside what a reader of it has in hand.</summary>
    private static string Wrapped(string package)
    {
        var lines = Example(package).Split('\n').ToLookup(IsImport);
        var types = Example(package, types: true).Split('\n').ToLookup(IsImport);
        return string.Join('\n', lines[true].Concat(types[true]).Distinct()) + $$"""

            {{string.Join('\n', types[false])}}

            static class {{package.Replace(".", "", StringComparison.Ordinal)}}
            {
                public static async Task RunAsync()
                {
                    await Task.Yield();
            {{string.Join('\n', lines[false])}}
                }

                static string[] args = [];
                static Microsoft.Extensions.Hosting.HostApplicationBuilder builder = new();
                static Task<double> TrainAsync(double learningRate, int units, CancellationToken stop) =>
                    Task.FromResult(learningRate * units);
                static Task<double> TrainAsync(HyperSearch.Hosting.Objectives.RunningTrial trial, CancellationToken stop) =>
                    Task.FromResult(0.0);
            }
            """;
    }

    private static string Sorted(string code)
    {
        var lines = code.Split('\n').ToLookup(line => IsImport(line.Trim()));
        return string.Join('\n', lines[true].Select(line => line.Trim()).Concat(lines[false]));
    }

    private static bool IsImport(string line) =>
        line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("using var", StringComparison.Ordinal);

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"\b(Microsoft\.CodeAnalysis|Humanizer|System\.Composition)\b")]
    private static partial Regex UnneededLibrary();
}
