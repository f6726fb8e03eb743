using System.Globalization;
using HyperSearch.Plots;
using HyperSearch.Web.Following;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HyperSearch.Web.Pages;

/// <summary>The addresses of the pages, and of what their scripts ask for.</summary>
/// <param name="hubs">The campaigns.</param>
/// <param name="list">All of them in brief.</param>
/// <param name="pictures">Their pictures.</param>
/// <param name="comparisons">Several side by side.</param>
internal sealed class PageRoutes(Hubs hubs, CampaignList list, Pictures pictures, Comparisons comparisons)
{
    /// <summary>Adds the addresses.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet("/", () => Page(ListPage.Html()));
        app.MapGet("/list", async (CancellationToken gone) => Json(await list.ReadAsync(gone)));
        app.MapGet("/assets/{name}", (string name) =>
            Assets.Find(name) is var (bytes, type) ? Results.Bytes(bytes, type) : Results.NotFound());
        app.MapGet("/compare", () => Page(ComparePage.Html()));
        app.MapGet("/compare.{format}", CompareAsync);
        MapCampaign(app, "/c/{name}", async (hub, context) => Page(CampaignPage.Html(await hub.ReadAsync(context.RequestAborted))));
        MapCampaign(app, "/c/{name}/events", (hub, context) => Task.FromResult<IResult>(new EventStream(
            hub.FollowAsync(context.Request.Headers["Last-Event-ID"], context.RequestAborted))));
        MapCampaign(app, "/c/{name}/insight", async (hub, context) => Json(await hub.InsightAsync(context.RequestAborted)));
        MapCampaign(app, "/c/{name}/plots/{kind}.{format}", PictureAsync);
        MapCampaign(app, "/c/{name}/t/{trial:int:min(0)}", async (hub, context) =>
            Page(TrialPage.Html(await hub.ReadAsync(context.RequestAborted), Trial(context))));
        MapCampaign(app, "/c/{name}/t/{trial:int:min(0)}/view", async (hub, context) => await hub.AskAsync(
            (campaign, now) => TrialView.Of(now, campaign.Live, Trial(context)), context.RequestAborted) is { } view
                ? Json(view) : Results.NotFound());
        MapCampaign(app, "/c/{name}/t/{trial:int:min(0)}/move", async (hub, context) =>
            ulong.TryParse(context.Request.Query["move"], NumberStyles.None, CultureInfo.InvariantCulture, out var move)
            && await hub.AskAsync((campaign, now) => TrialNeighbours.Move(now, campaign.Live, Trial(context), move), context.RequestAborted)
                is { } moved ? Json(moved) : Results.NotFound());
    }

    private void MapCampaign(WebApplication app, string pattern, Func<CampaignHub, HttpContext, Task<IResult>> answer) =>
        app.MapGet(pattern, async (string name, HttpContext context) =>
            hubs.Find(name) is { } hub ? await answer(hub, context) : Results.NotFound());

    private async Task<IResult> CompareAsync(string format, string[] campaign, CancellationToken gone)
    {
        if (format is not ("svg" or "png"))
            return Results.NotFound();
        var (campaigns, refusal) = await hubs.ReadToCompareAsync(campaign, gone);
        return refusal is not null ? Results.Text(refusal, statusCode: StatusCodes.Status400BadRequest)
            : Results.Bytes(await comparisons.DrawAsync(campaigns, format == "png", gone), TypeOf(format));
    }

    private async Task<IResult> PictureAsync(CampaignHub hub, HttpContext context)
    {
        var (kind, format) = ((string)context.GetRouteValue("kind")!, (string)context.GetRouteValue("format")!);
        if (!Pictures.Forms.Contains(format) || PlotKinds.All.FirstOrDefault(plot => plot.Kind == kind) is not { } plot)
            return Results.NotFound();
        var now = await hub.ReadAsync(context.RequestAborted);
        return await pictures.DrawAsync(now, plot, format, context.RequestAborted) is var (bytes, type)
            ? Results.Bytes(bytes, type)
            : Results.NoContent();
    }

    private static string TypeOf(string format) => format == "png" ? "image/png" : "image/svg+xml";

    private static int Trial(HttpContext context) =>
        int.Parse((string)context.GetRouteValue("trial")!, NumberStyles.None, CultureInfo.InvariantCulture);

    private static IResult Page(string html) => Results.Content(html, "text/html; charset=utf-8");

    private static IResult Json(string text) => Results.Content(text, "application/json; charset=utf-8");
}
