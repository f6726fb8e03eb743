using System.Text.Json;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Packages;

public sealed class PackageTests(Feed feed) : IClassFixture<Feed>
{
    [Theory]
    [InlineData("HyperSearch", "lib/net10.0/HyperSearch.dll", "lib/net10.0/HyperSearch.xml")]
    [InlineData("HyperSearch.Training", "lib/net10.0/HyperSearch.Training.dll", "lib/net10.0/HyperSearch.Training.xml")]
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
            return;
        }

        using var symbols = feed.Open($"{name}.{Feed.Version}.snupkg");
        Assert.NotNull(symbols.GetEntry(code));
    }

    [Fact]
    public void Tool_InstalledFromTheFeedAlone_TunesAProgramFarFromTheRepository()
    {
        var away = Path.GetDirectoryName(feed.Write("away/scripts/train.sh", File.ReadAllText(Path.Combine(Repository.Folder("searches"), "scripts", "train.sh"))))! + "/..";
        File.Copy(Path.Combine(Repository.Folder("searches"), "shell.yaml"), Path.Combine(away, "shell.yaml"));
        Feed.Run(away, "dotnet", "tool", "install", "HyperSearch.Cli", "--version", Feed.Version, "--tool-path", feed.PathOf("tools"), "--configfile", feed.Configuration("install"));
        var tool = Path.Combine(feed.PathOf("tools"), "hypersearch");

        Feed.Run(away, tool, "run", "shell.yaml", "--trials", "6");
        using var rank = JsonDocument.Parse(Feed.Run(away, tool, "rank", "shell", "--json"));
        Assert.Equal(6, rank.RootElement.GetArrayLength());
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(away, "results", "shell", "plots"), "*.png")); // the drawing libraries came along
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(away, "results", "shell", "logs")));
    }

    [Fact]
    public void Library_IsUsedByAFreshProjectOnItsPublicSurface()
    {
        feed.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="HyperSearch" Version="{Feed.Version}" /></ItemGroup>
            </Project>
            """);
        feed.Write("app/Program.cs", """
            using HyperSearch.Planning;
            using HyperSearch.Hosting;
            using HyperSearch.Spaces;

            var space = new Space([new Parameter("x", new UniformScale(0, 1))]);
            var result = await Search.Minimize(space, (trial, stop) => Task.FromResult(Math.Pow(trial.NumberOf("x") - 0.3, 2)), new CampaignOptions { Trials = 30 });
            Console.WriteLine($"best of {result.Trials.Length}: {result.BestPoint}");
            """);
        var known = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        feed.Configuration("app", also: $"<add key=\"known\" value=\"{known}\" />");
        Assert.Contains("best of 30: x=0.", Feed.Run(feed.PathOf("app"), "dotnet", "run"), StringComparison.Ordinal);
    }
}
