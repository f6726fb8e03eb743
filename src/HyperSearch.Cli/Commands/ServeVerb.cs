using System.CommandLine;
using System.Globalization;
using System.Net;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Commands;

/// <summary><c>serve</c>: the live page on the campaigns of a folder.</summary>
internal sealed class ServeVerb : Verb
{
    private const int DefaultPort = 8090, MostPort = 65535, ShortestToken = 16;

    private readonly Option<int?> _port =
        CheckedOption.WholeNumber("--port", "N", "The port to listen at; 0 for any that is free. Default 8090.", 0, MostPort);

    private readonly Option<string?> _host = new("--host")
    {
        HelpName = "ADDRESS",
        Description = "The address to listen at. Default 127.0.0.1: this machine only. Any other needs --token-file.",
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        HelpName = "FILE",
        Description = "A file with the token that readers must know. Default: a token of your own, made once.",
    };

    private readonly Option<bool> _noToken = new("--no-token")
    {
        Description = "Ask for no token: everybody with an account on this machine can read your campaigns.",
    };

    /// <summary>Makes the verb.</summary>
    public ServeVerb(Shell shell)
        : base("serve", "Show the campaigns of a folder on a page that grows while they run.", shell, "serve",
            "serve --results /data/campaigns --port 8091", "serve --host 0.0.0.0 --token-file page.token")
    {
        Add(_port);
        Add(_host);
        Add(_tokenFile);
        Add(_noToken);
    }

    /// <inheritdoc/>
    public override string Remark =>
        """
        It prints an address with a token once; the browser keeps the token in a cookie.
        A page of another machine travels unencrypted: put TLS in front, or use ssh -L.
        """;

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var host = Host(parse.GetValue(_host));
        var token = Token(parse.GetValue(_tokenFile), parse.GetValue(_noToken), IPAddress.IsLoopback(host));
        var results = Path.GetFullPath(Shell.ResultsFolder(parse));
        if (File.Exists(results))
            throw CommandException.Usage($"\"{Paths.Shown(results)}\" is a file; --results takes the folder of campaigns.");
        var port = (parse.GetValue(_port) ?? DefaultPort).ToString(CultureInfo.InvariantCulture);
        using var interruption = new Interruption(() => { });
        return await PageProgram.RunAsync(
            ["--results", results, "--host", host.ToString(), "--port", port, "--token", token], interruption.Token);
    }

    private static IPAddress Host(string? text)
    {
        if (text is null or "localhost")
            return IPAddress.Loopback;
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw CommandException.Usage($"--host takes an address of this machine, such as 127.0.0.1 or 0.0.0.0, not \"{text}\".");
    }

    private static string Token(string? file, bool none, bool isLoopback)
    {
        if (none && file is not null)
            throw CommandException.Usage("--no-token and --token-file exclude each other.");
        if (!isLoopback && file is null)
        {
            throw CommandException.Usage("A page that other machines can reach needs a token that you choose: --token-file FILE. "
                + "And put TLS in front, because others on the way can read it.");
        }

        if (file is null)
            return none ? "none" : "kept";
        if (!File.Exists(file))
            throw CommandException.Usage($"There is no file \"{file}\" with a token.");
        if (File.ReadAllText(file).Trim() is not { Length: >= ShortestToken } token || token.Any(letter => letter is <= ' ' or > '~'))
        {
            throw CommandException.Usage(
                $"\"{Paths.Shown(file)}\" must hold a token of at least {ShortestToken} letters and digits without spaces.");
        }

        return Path.GetFullPath(file);
    }
}
