using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Web.Tests;

/// <summary>Tags and notes that a person writes on the page.</summary>
public sealed class NotesTests
{
    private const string Hostile = "</textarea><script>alert(1)</script>";

    [Fact]
    public async Task Notes_AreInTheFolderTheListAndTheApiAsText()
    {
        await using var served = await Served.StartAsync();
        var folder = await served.RunAsync("mine", Served.Search(2));
        Assert.Equal(HttpStatusCode.OK, (await WriteAsync(served, "mine", [Hostile, "paper"], "first\nsecond")).Status);
        Assert.Equal([Hostile, "paper"], CampaignNotes.Read(folder).Tags);
        foreach (var address in (string[])["/list", "/api/campaigns"])
        {
            var (_, json) = await served.GetAsync(address);
            Assert.DoesNotContain('<', json);
            var campaign = JsonNode.Parse(json)!.AsArray().Single()!;
            Assert.Equal([Hostile, "paper"], campaign["tags"]!.AsArray().Select(tag => (string?)tag));
            Assert.Equal("first\nsecond", (string?)campaign["note"]);
        }
    }

    [Fact]
    public async Task Notes_ThatCannotBeAreRefusedInASentence()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(2));
        var (status, said) = await WriteAsync(served, "mine", ["a,b"], "");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"a,b\" is no tag", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await WriteAsync(served, "yours", [], "")).Status);
        Assert.Equal(HttpStatusCode.OK, (await WriteAsync(served, "mine", [], "one")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await WriteAsync(served, "mine", [], "two")).Status); // it has not seen the first
        foreach (var nonsense in (string[])["", "null", "{}", """{"tags":null,"note":"","before":{}}""",
            """{"tags":[null],"note":"","before":{}}""", """{"tags":[],"note":"","before":{"tags":null}}"""])
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(served, "mine", nonsense)).Status);
    }

    [Fact]
    public async Task Notes_AreWrittenByAScriptOfThisServerOnly()
    {
        await using var served = await Served.StartAsync();
        var folder = await served.RunAsync("mine", Served.Search(2));
        using var body = new StringContent("""{"tags":[],"note":"x","before":{}}""", Encoding.UTF8, "application/json");
        using var answer = await served.SendAsync(HttpMethod.Post, "/c/mine/notes", [("Origin", "http://evil.example")], body);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(File.Exists(folder.NotesPath));
    }

    private static Task<(HttpStatusCode Status, string Said)> WriteAsync(Served served, string campaign, string[] tags, string note) =>
        PostAsync(served, campaign, JsonSerializer.Serialize(new { tags, note, before = new { tags = Array.Empty<string>(), note = "" } }));

    private static async Task<(HttpStatusCode Status, string Said)> PostAsync(Served served, string campaign, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await served.SendAsync(HttpMethod.Post, $"/c/{campaign}/notes", served.OwnScript, content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
