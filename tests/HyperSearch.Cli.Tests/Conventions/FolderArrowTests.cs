using HyperSearch.Cli.Invocation;
using HyperSearch.Conventions;

namespace HyperSearch.Cli.Tests.Conventions;

public sealed class FolderArrowTests
{
    [Fact]
    public void Folders_PointOneWay()
    {
        var graph = FolderGraph.Of(typeof(ExitCode).Assembly);
        Assert.NotEmpty(graph.Edges);
        Assert.True(graph.Cycles().Count == 0, string.Join('\n', graph.Cycles()));
    }
}
