using System.Reflection;
using System.Text.RegularExpressions;
using HyperSearch.Conventions;
using HyperSearch.Hosting;
using HyperSearch.Numerics;
using HyperSearch.Plots;

namespace HyperSearch.Tests.Conventions;

/// <summary>
/// Dependencies point one way: Cli → Plots → Hosting → HyperSearch → Numerics and Hosting → Training → Numerics between the projects, and
/// between the folders of each project too. HyperSearch is pure: it knows nothing that has a clock, a disk, a process or a host.
/// </summary>
/// <remarks>Folders are read from compiled types, so that full names and implicit usings count as well.</remarks>
public sealed partial class ArrowTests
{
    /// <summary>What a pure function has no use for. Streams of a resource would be Assembly's.</summary>
    private static readonly string[] Impure =
    [
        "System.IO", "System.Net", "System.Console", "System.TimeProvider", "System.Threading.Channels",
        "System.Threading.Thread", "System.Threading.Tasks", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
    ];

    public static TheoryData<Assembly> Libraries =>
        [typeof(RandomStream).Assembly, typeof(AskAndTell).Assembly, typeof(KeptCampaign).Assembly, typeof(PlotKinds).Assembly];

    [Theory]
    [InlineData("HyperSearch.Numerics")]
    [InlineData("HyperSearch", "HyperSearch.Numerics")]
    [InlineData("HyperSearch.Training", "HyperSearch.Numerics")]
    [InlineData("HyperSearch.Hosting", "HyperSearch", "HyperSearch.Training")]
    [InlineData("HyperSearch.Plots", "HyperSearch.Hosting")]
    [InlineData("HyperSearch.Cluster", "HyperSearch.Hosting")]
    [InlineData("HyperSearch.Web", "HyperSearch.Plots")]
    [InlineData("HyperSearch.Cli", "HyperSearch.Cluster", "HyperSearch.Plots", "HyperSearch.Web")]
    public void Project_ReferencesOnlyWhatIsBelowIt(string project, params string[] allowed)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Folder("src"), project, $"{project}.csproj"));
        Assert.Equal(allowed.Order(), References().Matches(text).Select(match => match.Groups[1].Value).Order());
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Folders_PointOneWay(Assembly library)
    {
        var graph = FolderGraph.Of(library);
        Assert.True(graph.Cycles().Count == 0, string.Join('\n', graph.Cycles()));
    }

    [Theory]
    [InlineData(typeof(RandomStream))]
    [InlineData(typeof(AskAndTell))]
    public void PureLibrary_UsesNothingThatHasAClockADiskOrAHost(Type inside)
    {
        var wrong = from pair in FolderGraph.Foreign(inside.Assembly).Distinct()
                    let name = pair.Used.FullName ?? ""
                    where Array.Exists(Impure, part => name == part || name.StartsWith(part + ".", StringComparison.Ordinal))
                        || pair.Used.Assembly.GetName().Name is not ("System.Private.CoreLib" or "HyperSearch.Numerics"
                            or "System.Runtime.Intrinsics")
                            && !pair.Used.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal)
                    select $"{pair.User} → {name}";
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*[\\/]([\w.]+)\.csproj""")]
    private static partial Regex References();
}
