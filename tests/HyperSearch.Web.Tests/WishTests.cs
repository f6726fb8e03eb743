using System.Net;
using System.Text;

namespace HyperSearch.Web.Tests;

/// <summary>What a page asks of a campaign's owner.</summary>
public sealed class WishTests
{
    [Fact]
    public async Task Wish_IsRefusedInASentenceWhereItCannotBe()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(2));
        var (status, said) = await AskAsync(served, "mine", """{"what":"Pause"}""");
        Assert.Equal((HttpStatusCode.Conflict, "mine does not run at the moment."), (status, said));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(served, "yours", """{"what":"Pause"}""")).Status);
        string[] nonsenses =
            ["", "[]", "{", "{}", """{"kind":"Pause"}""", """{"what":"Explode"}""", """{"what":"StopTrial","trial":"x"}"""];
        foreach (var nonsense in nonsenses)
            Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(served, "mine", nonsense)).Status);
    }

    [Fact]
    public async Task Wish_IsNoLongerThanItNeedsToBe()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(2));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await AskAsync(served, "mine", new string(' ', 70_000))).Status);
    }

    private static async Task<(HttpStatusCode Status, string Said)> AskAsync(Served served, string campaign, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await served.SendAsync(HttpMethod.Post, $"/c/{campaign}/wishes", served.OwnScript, content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
