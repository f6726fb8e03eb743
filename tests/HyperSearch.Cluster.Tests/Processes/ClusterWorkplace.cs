using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HyperSearch.Cli.Tests.EndToEnd;

namespace HyperSearch.Cluster.Tests.Processes;

/// <summary>A folder in which a campaign's host and its workers run as processes of the real program.</summary>
internal sealed class ClusterWorkplace : IDisposable
{
    private readonly Workplace _place = new();
    private readonly List<Running> _workers = [];
    private readonly int _port = FreePort();

    /// <summary>What workers connect to.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>The folder.</summary>
    public Workplace Place => _place;

    /// <summary>The ranking of a campaign without its times.</summary>
    public string RankOf(string campaign) => Timeless.Text(_place.Read("rank", campaign));

    /// <summary>Starts a campaign, or goes on with it, without threads of its own.</summary>
    public Running StartHost(string search, string campaign, params string[] more)
    {
        string[] door = ["--workers", "0", "--listen", Address, .. more];
        return File.Exists(_place.PathOf($"results/{campaign}/journal"))
            ? _place.Start(["resume", campaign, "--plots", "none", .. door])
            : _place.Start(["run", search, "--name", campaign, "--plots", "none", .. door]);
    }

    /// <summary>Starts a worker with a folder of its own.</summary>
    public Running StartWorker(params string[] more) => StartWorkerAt(Address, more);

    /// <summary>Starts a worker that connects elsewhere.</summary>
    public Running StartWorkerAt(string address, params string[] more)
    {
        var work = _place.PathOf($"work-{_workers.Count}");
        var worker = _place.Start(
            ["worker", "--connect", address, "--work", work, "--slots", "2", .. more]);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Starts the sample program.</summary>
    public Running StartSample(params string[] arguments) =>
        _place.StartProgram(Path.Combine(AppContext.BaseDirectory, "HyperSearch.SampleHost.dll"), arguments);

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.ForEach(worker => worker.Dispose());
        _place.Dispose();
    }
}
