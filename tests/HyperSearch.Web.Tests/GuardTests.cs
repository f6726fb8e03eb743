using System.Net;

namespace HyperSearch.Web.Tests;

/// <summary>Who is answered, and who is not.</summary>
public sealed class GuardTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/list")]
    [InlineData("/assets/campaign.js")]
    [InlineData("/c/mine")]
    [InlineData("/c/mine/events")]
    [InlineData("/api/campaigns")]
    [InlineData("/?token=wrong")]
    [InlineData("/?token=")]
    public async Task Request_WithoutTheToken_SeesNothing(string address)
    {
        await using var served = await Served.StartAsync(Served.Token);
        await served.RunAsync("mine", Served.Search(2));
        var (status, body) = await served.GetAsync(address);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.DoesNotContain("mine", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.GetAsync(address, ("Authorization", "Bearer wrong"))).Status);
    }

    [Fact]
    public async Task Token_BecomesACookieThatNoScriptReadsAndLeavesTheAddress()
    {
        await using var served = await Served.StartAsync(Served.Token);
        using var answer = await served.SendAsync(HttpMethod.Get, $"/?token={Served.Token}", []);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location?.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/", ("Cookie", cookie.Split(';')[0]))).Status);
        Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/api/campaigns", ("Authorization", $"Bearer {Served.Token}"))).Status);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1:1")]
    [InlineData("localhost")]
    public async Task Request_UnderAnotherName_IsMisdirected(string host)
    {
        await using var served = await Served.StartAsync();
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await served.GetAsync("/", ("Host", host))).Status);
        Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/", ("Host", $"localhost:{served.Server.Port}"))).Status);
    }

    [Fact]
    public async Task Change_ComesFromAScriptOfThisServerOnly()
    {
        await using var served = await Served.StartAsync();
        var own = ("Origin", $"http://127.0.0.1:{served.Server.Port}");
        var script = ("X-HyperSearch", "1");
        Assert.Equal(HttpStatusCode.Forbidden, await Post());
        Assert.Equal(HttpStatusCode.Forbidden, await Post(own));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(script));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(script, ("Origin", "http://evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(script, ("Origin", "null")));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await Post(script, own)); // it may, but there is nothing to change

        async Task<HttpStatusCode> Post(params (string, string)[] headers)
        {
            using var answer = await served.SendAsync(HttpMethod.Post, "/list", headers);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/c/mine")]
    [InlineData("/c/mine/t/0")]
    [InlineData("/nowhere")]
    public async Task Answer_LetsAPageLoadItsOwnFilesAndNothingElse(string address)
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(2));
        using var answer = await served.SendAsync(HttpMethod.Get, address, []);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotMatch("<script(?! src=\"/assets/)|<style| style=|<[^>]* on[a-z]+=", html);
    }

    [Theory]
    [InlineData("/c/..%2Foutside")]
    [InlineData("/c/%2e%2e%2foutside")]
    [InlineData("/c/.hidden")]
    [InlineData("/c/mine%00")]
    [InlineData("/api/campaigns/..%2Foutside")]
    [InlineData("/assets/..%2F..%2Fappsettings.json")]
    [InlineData("/c/mine/plots/nothing.svg")]
    [InlineData("/c/mine/plots/slices.exe")]
    [InlineData("/c/mine/t/99/view")]
    [InlineData("/c/mine/t/-1")]
    public async Task Name_IsLookedForAndNeverBecomesAPath(string address)
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(2));
        await served.RunAsync(".hidden", Served.Search(2));
        Assert.InRange((int)(await served.GetAsync(address)).Status, 400, 404);
    }
}
