using System.Net;
using System.Text.Json.Nodes;

namespace HyperSearch.Web.Tests;

/// <summary>Campaigns side by side.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public async Task Comparison_IsThatOfCompare()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("a", Served.Search(6));
        await served.RunAsync("b", Served.Search(6) with { Seed = 2 });
        var compared = JsonNode.Parse((await served.GetAsync("/api/compare?campaign=a&campaign=b&campaign=a")).Body)!;
        var group = compared["groups"]!.AsArray().Single()!; // they differ in the seed only
        Assert.Equal(["a", "b"], group["campaigns"]!.AsArray().Select(entry => (string?)entry!["campaign"]));
        Assert.Equal("loss", (string?)compared["metric"]);
        Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/compare?campaign=a&campaign=b")).Status);
        var (status, svg) = await served.GetAsync("/compare.svg?campaign=a&campaign=b");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("<svg", svg[svg.IndexOf("<svg", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "two campaigns")]
    [InlineData("?campaign=a", "two campaigns")]
    [InlineData("?campaign=a&campaign=a", "two campaigns")]
    [InlineData("?campaign=a&campaign=..%2Foutside", "no campaign")]
    [InlineData("?campaign=a&campaign=other", "do not compare")]
    public async Task Comparison_ThatCannotBeIsRefusedInASentence(string query, string sentence)
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("a", Served.Search(2));
        await served.RunAsync("other", Served.Search(2, "another_loss"));
        foreach (var address in (string[])["/api/compare", "/compare.svg", "/compare.png"])
        {
            var (status, said) = await served.GetAsync(address + query);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(sentence, said, StringComparison.Ordinal);
        }
    }
}
