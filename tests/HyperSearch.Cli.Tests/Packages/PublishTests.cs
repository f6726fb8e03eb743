using System.Xml.Linq;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Packages;

/// <summary>The command as the README publishes it. A publication takes a minute, so this looks at what once broke it.</summary>
public sealed class PublishTests
{
    /// <summary>A runtime of its own is the command's. The page's program has no host that could take one, and told of it, by a file for
    /// all of it too, its build ends with NETSDK1067.</summary>
    [Fact]
    public void Page_IsNotToldThatTheCommandHasARuntimeOfItsOwn()
    {
        var project = XDocument.Load(Path.Combine(Repository.Folder("src"), "HyperSearch.Cli", "HyperSearch.Cli.csproj"));
        var page = Assert.Single(project.Descendants("ProjectReference"),
            reference => reference.Attribute("Include")!.Value.EndsWith("HyperSearch.Web.csproj", StringComparison.Ordinal));
        Assert.Equal(["SelfContained", "PublishSelfContained", "PublishSingleFile"],
            page.Attribute("GlobalPropertiesToRemove")!.Value.Split(';'));
    }
}
