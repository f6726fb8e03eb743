using System.Net;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Web.Tests;

/// <summary>A server on campaigns of its own, asked as a browser would that keeps no cookies and follows nowhere.</summary>
internal sealed class Served : IAsyncDisposable
{
    public const string Token = "a-token-of-this-test";

    private readonly Scratch _scratch = new();
    private readonly LiveServer _server;

    private Served(string? token)
    {
        _server = new LiveServer(new ServeOptions { Results = _scratch.Results, Token = token }, TimeProvider.System);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    }

    public HttpClient Client { get; }

    public LiveServer Server => _server;

    public string Results => _scratch.Results;

    /// <summary>The headers that a script of the server's own pages sends.</summary>
    public (string, string)[] OwnScript => [("Origin", $"http://127.0.0.1:{_server.Port}"), ("X-HyperSearch", "1")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Served> StartAsync(string? token = null)
    {
        var served = new Served(token);
        await served._server.StartAsync();
        served.Client.BaseAddress = new Uri($"http://127.0.0.1:{served._server.Port}");
        return served;
    }

    /// <summary>A search of one number, with two epochs a trial.</summary>
    public static Search Search(int trials, string metric = "loss", params ReadOnlySpan<Parameter> more) => new()
    {
        Name = "test",
        Objective = new DelegateDefinition { Epochs = 2 },
        Metric = metric,
        Space = new Space([new Parameter("x", new UniformScale(0, 1)), .. more]),
        Sampler = new RandomSampler(),
        Trials = trials,
        Slots = 2,
    };

    /// <summary>Runs a campaign to its end.</summary>
    public async Task<CampaignFolder> RunAsync(string name, Search search)
    {
        var objective = new Bowl(search.Metric);
        var request = KeptCampaign.Open(Path.Combine(Results, name), search, objective, TimeProvider.System) with { Workers = 1 };
        await Session.RunAsync(request, stop: Stop);
        return request.Folder;
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string address, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(HttpMethod.Get, address, headers);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, (string Name, string Value)[] headers, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _scratch.Dispose();
    }

    private sealed class Bowl(string metric) : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop)
        {
            for (var epoch = job.Job.FromEpochs + 1; epoch <= job.Job.ToEpochs; epoch++)
                job.Report(epoch, new Dictionary<string, double> { [metric] = Math.Abs(job.Job.Point["x"].Number - 0.3) + 1.0 / epoch });
        }
    }
}
