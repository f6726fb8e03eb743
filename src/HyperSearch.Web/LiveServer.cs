using System.Net;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Web.Api;
using HyperSearch.Web.Following;
using HyperSearch.Web.Pages;
using HyperSearch.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Web;

/// <summary>The live page: reads campaigns beside their owners and shows them.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private const long LargestBody = 64 << 10;
    private readonly ServeOptions _options;
    private readonly WebApplication _app;
    private readonly Hubs _hubs;
    private readonly CampaignList _list;
    private readonly Pictures _pictures;
    private readonly Comparisons _comparisons;

    public LiveServer(ServeOptions options, TimeProvider time)
    {
        _options = options;
        _hubs = new Hubs(options.Results, time);
        _list = new CampaignList(_hubs, time);
        _pictures = new Pictures(time);
        _comparisons = new Comparisons(time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1)); // streams never end by themselves
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        _app = builder.Build();
        _app.Use(TellFaultsAsync);
        var guard = new Guard(options.Token, options.IsLoopback, () => Port);
        _app.Use(next => context => guard.InvokeAsync(context, next));
        _app.UseRouting();
        new PageRoutes(_hubs, _list, _pictures, _comparisons).Map(_app);
        new Changing(_hubs).Map(_app);
        new CampaignApi(_hubs).Map(_app);
    }

    /// <summary>The port that it listens at, once it does.</summary>
    public int Port { get; private set; }

    /// <summary>The patterns of the addresses that it answers.</summary>
    internal IEnumerable<string> Addresses => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText ?? "");

    /// <summary>The line that tells a person where the page is.</summary>
    public string Invitation
    {
        get
        {
            var host = _options.IsLoopback ? "127.0.0.1" : _options.Address.Equals(IPAddress.Any) ? Dns.GetHostName()
                : _options.Address.ToString();
            var address = $"http://{host}:{Port}/";
            return _options.Token is null ? address
                : _options.IsLoopback ? $"{address}?token={_options.Token}"
                : $"{address}?token=…, with the token of the file; put TLS in front, because others on the way can read the token";
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task StartAsync()
    {
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Port = new Uri(address).Port;
    }

    /// <summary>Serves until a stream ends.</summary>
    public async Task RunUntilAsync(Stream lifeline)
    {
        var buffer = new byte[256];
        while (await lifeline.ReadAsync(buffer) > 0)
        {
            // what is written there does not matter
        }

        _hubs.Dispose();
        await _app.StopAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _hubs.Dispose();
        await _app.DisposeAsync();
        _list.Dispose();
        _pictures.Dispose();
        _comparisons.Dispose();
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Listen(_options.Address, _options.Port);
    }

    /// <summary>What is wrong with a campaign is told in a sentence, and so is what is wrong with us, without more.</summary>
    private static async Task TellFaultsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            Memory.GiveBack();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // nobody waits for the answer any more
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException bad)
        {
            await AnswerAsync(context, bad.StatusCode, bad.Message);
        }
        catch (Exception fault) when (fault is StoreException or SearchFileException)
        {
            await AnswerAsync(context, StatusCodes.Status409Conflict, fault.Message);
        }
    }

    private static async Task AnswerAsync(HttpContext context, int status, string sentence)
    {
        if (context.Response.HasStarted)
            return;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(sentence);
    }
}
