using HyperSearch.Cli.Commands;
using HyperSearch.Hosting.Searches;

namespace HyperSearch.Cli.Tests;

public sealed class TemplatesTests
{
    [Fact]
    public void Text_OfEveryTemplateIsAValidSearch() => Assert.All(Templates.All, template =>
        Assert.Equal("mine", SearchFile.Parse(Templates.Text(template.Name, "mine"), "mine.yaml", ".").Name));
}
