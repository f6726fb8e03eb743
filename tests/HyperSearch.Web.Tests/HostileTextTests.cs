using System.Net;
using System.Text.Json;
using HyperSearch.Spaces;

namespace HyperSearch.Web.Tests;

/// <summary>Names and texts of a campaign that would be markup or a script if they were not text.</summary>
public sealed class HostileTextTests
{
    private const string Image = "<img src=x onerror=alert(1)>";
    private const string Script = "</script><script>alert(2)</script>";
    private const string Quotes = "\"'><b>&amp;";

    [Fact]
    public async Task Page_ShowsEveryNameAsText()
    {
        await using var served = await Served.StartAsync();
        var name = "<img src=x onerror=alert(1)> & \"more\"";
        await served.RunAsync(name, Served.Search(3, Image, new Parameter("words", new ChoiceScale(Script, Image, Quotes))));
        var address = "/c/" + Uri.EscapeDataString(name);
        foreach (var page in (string[])["/", address, address + "/t/0"])
        {
            var (status, html) = await served.GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
            Assert.DoesNotContain("alert(2)</script>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("><b>", html, StringComparison.Ordinal);
        }

        foreach (var document in (string[])["/list", address + "/insight", address + "/t/0/view", "/api/campaigns"])
        {
            var (status, json) = await served.GetAsync(document);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain('<', json);
            using var parsed = JsonDocument.Parse(json);
            Assert.NotEqual(JsonValueKind.Null, parsed.RootElement.ValueKind);
        }
    }

    [Fact]
    public async Task Picture_HasNoMarkupOfItsCampaign()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(8, Image, new Parameter("words", new ChoiceScale(Script, Image, Quotes))));
        var (status, svg) = await served.GetAsync("/c/mine/plots/slices.svg");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("<img", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
    }
}
