using System.Net;
using System.Net.Sockets;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Cluster;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Security;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using Microsoft.Extensions.Hosting;

namespace HyperSearch.Cli.Execution;

/// <summary>The door of a campaign to workers on other machines, as a command line opens it.</summary>
/// <remarks>The cluster's libraries are loaded by this class and by the verb <c>worker</c>, and by nothing else.</remarks>
internal sealed class ClusterHost
{
    private readonly HostAddress _listen;
    private readonly int? _workers;
    private readonly ClusterSecret? _given;
    private string? _secretFile;
    private string? _shared;

    private ClusterHost(HostAddress listen, ClusterSecret? given, int? workers) => (_listen, _given, _workers) = (listen, given, workers);

    /// <summary>The options that open it again, for the command that goes on.</summary>
    public string Again => $" --listen {_listen}{(_workers is { } workers ? $" --workers {workers}" : "")}"
        + (_secretFile is null ? "" : $" --secret-file {Paths.Quoted(_secretFile)}")
        + (_shared is null ? "" : $" --shared {Paths.Quoted(_shared)}");

    /// <summary>How many threads of this process take part; <c>null</c> for as many as without a door.</summary>
    public int? OwnWorkers => _workers;

    /// <summary>Looks whether the door can be opened, before anything is made.</summary>
    /// <param name="listen">HOST:PORT.</param>
    /// <param name="secretFile">The file of the secret; <c>null</c> for the environment's, or a new one.</param>
    /// <param name="workers">How many threads of this process take part; <c>null</c> for as many as without a door.</param>
    /// <param name="terminal">Told when others can read the file of the secret.</param>
    /// <exception cref="CommandException">It cannot.</exception>
    public static ClusterHost Open(string listen, string? secretFile, int? workers, Terminal terminal)
    {
        try
        {
            var address = HostAddress.Parse(listen, leastPort: 0);
            var secret = SecretFile.Given(secretFile, terminal);
            using var probe = new TcpListener(address.ToListen());
            probe.Start();
            address = address with { Port = ((IPEndPoint)probe.LocalEndpoint).Port }; // 0 is any free one
            return new ClusterHost(address, secret, workers) { _secretFile = secretFile };
        }
        catch (ClusterException mistake)
        {
            throw CommandException.Usage(mistake.Message, mistake);
        }
        catch (SocketException taken)
        {
            throw CommandException.Usage(
                $"Nothing can listen on {listen}: {taken.Message}. Take another port, or an address of this machine.", taken);
        }
    }

    /// <summary>Shares a folder with the workers.</summary>
    /// <param name="shared">The folder; <c>null</c> for none.</param>
    /// <param name="campaign">The campaign's folder, which need not be there yet.</param>
    /// <exception cref="CommandException">It cannot be shared.</exception>
    public ClusterHost Sharing(string? shared, string campaign)
    {
        if (shared is not null && SharedFolder.Fault(shared, campaign) is { } fault)
            throw CommandException.Usage(fault);
        _shared = shared;
        return this;
    }

    /// <summary>Looks whether workers can be given what a search needs, before anything is made.</summary>
    /// <exception cref="CommandException">They cannot.</exception>
    public static void Check(Search search)
    {
        if (search.Objective is not CommandDefinition { Files.IsEmpty: false } command)
            return;
        try
        {
            if (CommandPlace.FaultOf(command, CommandBundle.Of(command.WorkingDirectory, command.Files)) is { } fault)
                throw CommandException.Usage(fault);
        }
        catch (ClusterException mistake)
        {
            throw CommandException.Usage(mistake.Message, mistake);
        }
    }

    /// <summary>Opens it for a campaign that exists now, and tells how a worker comes in.</summary>
    /// <returns>Adds the door to the campaign's host.</returns>
    public Action<IHostApplicationBuilder> For(CampaignFolder folder, Terminal terminal)
    {
        var isNeeded = SecretLaw.RefusalToListen(_listen, hasSecret: false) is not null;
        var secret = _given ?? (isNeeded ? SecretFile.Of(folder) : null);
        var shown = secret is null ? "" : _given is null ? $"{ClusterSecret.Variable}={secret.Reveal()} " : $"{ClusterSecret.Variable}=… ";
        terminal.Note($"Workers on other machines join by: {shown}hypersearch worker --connect {Reachable()}");
        var options = new ClusterHostOptions(_listen.ToString()) { Secret = secret, OwnWorkers = _workers, Shared = _shared };
        return builder => builder.AddHyperSearchCluster(options);
    }

    /// <summary>The address by which others find this machine.</summary>
    private HostAddress Reachable() => IPAddress.TryParse(_listen.Host, out var address)
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        ? _listen with { Host = Dns.GetHostName() }
        : _listen;
}
