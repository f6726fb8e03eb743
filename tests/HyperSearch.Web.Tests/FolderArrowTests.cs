using HyperSearch.Conventions;

namespace HyperSearch.Web.Tests;

/// <summary>Dependencies between the folders of the page's program point one way.</summary>
public sealed class FolderArrowTests
{
    [Fact]
    public void Folders_PointOneWay()
    {
        var graph = FolderGraph.Of(typeof(LiveServer).Assembly);
        Assert.True(graph.Cycles().Count == 0, string.Join('\n', graph.Cycles()));
    }
}
