using System.Globalization;
using System.Text.Json;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Documents;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Web.Following;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HyperSearch.Web.Api;

/// <summary>The campaigns as JSON for other tools, read-only: the same documents as the reading verbs write with <c>--json</c>.</summary>
/// <param name="hubs">The campaigns.</param>
internal sealed class CampaignApi(Hubs hubs)
{
    private const int Piece = 64 << 10;

    /// <summary>Adds its addresses.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet("/api/openapi.json", () => Results.Content(OpenApi.Document, "application/json; charset=utf-8"));
        app.MapGet("/api/campaigns", ListAsync);
        app.MapGet("/api/campaigns/{name}", (string name, CancellationToken stop) => AnswerAsync(name, (_, now) =>
            JsonText.Of(json => StatusDocument.Write(json, now)), stop));
        app.MapGet("/api/campaigns/{name}/trials", TrialsAsync);
        app.MapGet("/api/campaigns/{name}/trials/{trial:int:min(0)}/neighbours", (string name, int trial, CancellationToken stop) =>
            AnswerAsync(name, (campaign, now) => TrialNeighbours.Of(now, campaign.Live, trial), stop));
        app.MapGet("/api/compare", CompareAsync);
        app.MapGet("/api/campaigns/{name}/trials/{trial:int:min(0)}", (string name, int trial, CancellationToken stop) =>
            AnswerAsync(name, (campaign, now) => Trial(campaign, now, trial), stop));
    }

    private async Task<IResult> ListAsync(CancellationToken stop)
    {
        var found = new List<CampaignSnapshot>();
        foreach (var folder in hubs.Folders)
        {
            try
            {
                if (hubs.Find(folder.Name) is { } hub)
                    found.Add(await hub.ReadAsync(stop));
            }
            catch (Exception unreadable) when (unreadable is StoreException or SearchFileException)
            {
                // one bad folder hides no other; its own address says what is wrong
            }
        }

        return Json(JsonText.Of(json =>
        {
            json.WriteStartArray();
            foreach (var now in found)
                StatusDocument.Write(json, now);
            json.WriteEndArray();
        }));
    }

    private async Task<IResult> CompareAsync(string[] campaign, CancellationToken stop)
    {
        var (campaigns, refusal) = await hubs.ReadToCompareAsync(campaign, stop);
        return refusal is null ? Json(Comparisons.Document(campaigns))
            : Results.Text(refusal, statusCode: StatusCodes.Status400BadRequest);
    }

    private async Task<IResult> TrialsAsync(
        string name, string? where, string? by, string? top, string? skip, CancellationToken stop)
    {
        if (!IsCount(top, 1, out var take) || !IsCount(skip, 0, out var skipped))
        {
            return Results.Text(
                "top is a whole number of at least 1, and skip one of at least 0.", statusCode: StatusCodes.Status400BadRequest);
        }

        var query = new TrialQuery { Where = where, OrderBy = by, Take = take, Skip = skipped ?? 0 };
        if (hubs.Find(name) is not { } hub)
            return Results.NotFound();
        try
        {
            var page = TrialPage.Of(await hub.ReadAsync(stop), query);
            return Results.Stream(body => WriteTrialsAsync(body, page, by, stop), "application/json; charset=utf-8");
        }
        catch (FormatException mistake)
        {
            return Results.Text(mistake.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Reads a number that may be left out.</summary>
    private static bool IsCount(string? text, int least, out int? count)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        count = isNumber ? number : null;
        return text is null || (isNumber && number >= least);
    }

    /// <summary>Writes as it goes: of a large campaign the whole document is larger than the campaign.</summary>
    private static async Task WriteTrialsAsync(Stream body, TrialPage page, string? by, CancellationToken stop)
    {
        await using var json = new Utf8JsonWriter(body);
        var search = page.Campaign.Search;
        var confirming = (by is null || by == search.Metric)
            && (search.Confirm is not null || page.Campaign.Trials.Any(trial => trial.Confirmed is not null));
        json.WriteStartArray();
        foreach (var ranked in page.Ranked)
        {
            json.WriteRanked(ranked, confirming);
            if (json.BytesPending >= Piece)
                await json.FlushAsync(stop);
        }

        json.WriteEndArray();
        Memory.GiveBack();
    }

    private static string? Trial(Campaign campaign, CampaignSnapshot now, int number)
    {
        if (Ranking.Rank(now.Trials, now.Search).FirstOrDefault(entry => entry.Trial.Number == number) is { } ranked)
            return JsonText.Of(json => TrialDocument.Write(json, now, ranked));
        return campaign.Live?.Jobs.FirstOrDefault(job => job.Trial == number) is { } running
            ? JsonText.Of(json => TrialDocument.WriteRunning(json, now, running)) : null;
    }

    private async Task<IResult> AnswerAsync(
        string name, Func<Campaign, CampaignSnapshot, string?> answer, CancellationToken stop) =>
        hubs.Find(name) is { } hub && await hub.AskAsync(answer, stop) is { } document ? Json(document) : Results.NotFound();

    private static IResult Json(string document) => Results.Content(document, "application/json; charset=utf-8");
}
