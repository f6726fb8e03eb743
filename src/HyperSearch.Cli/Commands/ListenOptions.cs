using System.CommandLine;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary>The options that open a campaign to workers on other machines.</summary>
internal sealed class ListenOptions
{
    private readonly Option<string?> _listen = new("--listen")
    {
        HelpName = "HOST:PORT",
        Description = "Take workers on other machines too, which connect there; 0.0.0.0:7766 for all addresses of this machine.",
    };

    private readonly Option<string?> _secretFile = new("--secret-file")
    {
        HelpName = "FILE",
        Description = "A file with the secret that workers need. Default: HYPERSEARCH_SECRET, or a new one.",
    };

    private readonly Option<string?> _shared = new("--shared")
    {
        HelpName = "DIR",
        Description = "A folder that this machine and all workers see: data in it and checkpoints are not sent. It holds the campaign.",
    };

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_listen, _secretFile, _shared];

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        foreach (var option in All)
            verb.Add(option);
    }

    /// <summary>The door that a command line opens; <c>null</c> for none.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="workers">Its <c>--workers</c>.</param>
    /// <param name="search">The search.</param>
    /// <param name="campaign">The campaign's folder, which need not be there yet.</param>
    /// <param name="terminal">Told of what is doubtful.</param>
    /// <exception cref="CommandException">It cannot be opened, or the options contradict each other.</exception>
    public ClusterHost? Read(ParseResult parse, int? workers, Search search, string campaign, Terminal terminal)
    {
        if (parse.GetValue(_listen) is { } listen)
        {
            ClusterHost.Check(search);
            return ClusterHost.Open(listen, parse.GetValue(_secretFile), workers, terminal).Sharing(parse.GetValue(_shared), campaign);
        }

        if (parse.GetValue(_shared) is not null)
            throw CommandException.Usage("--shared needs --listen: without it no worker can come from elsewhere.");
        if (parse.GetValue(_secretFile) is not null)
            throw CommandException.Usage("--secret-file needs --listen: without it no worker can come from elsewhere.");
        if (workers == 0)
            throw CommandException.Usage("--workers 0 needs --listen: without workers elsewhere nobody would run the trials.");
        return null;
    }
}
