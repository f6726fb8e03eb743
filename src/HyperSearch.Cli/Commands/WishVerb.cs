using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cli.Commands;

/// <summary>A verb by which a person steps into a campaign that runs: its owner fulfils the wish, or says why not.</summary>
internal abstract class WishVerb : Verb
{
    private readonly CampaignArgument _campaign;

    /// <summary>Makes the verb.</summary>
    protected WishVerb(string name, string description, Shell shell, params string[] examples)
        : base(name, description, shell, examples) => Add(_campaign = new CampaignArgument(shell));

    /// <summary>The wish that a command line has.</summary>
    protected abstract Wish Read(ParseResult parse);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var folder = CampaignFolders.Find(parse.GetRequiredValue(_campaign), Shell.ResultsFolder(parse));
        return await AskAsync(folder, Read(parse), Terminal, stop);
    }

    /// <summary>Asks the owner of a campaign and tells its answer.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">The wish was not fulfilled.</exception>
    public static async Task<int> AskAsync(CampaignFolder folder, Wish wish, Terminal terminal, CancellationToken stop)
    {
        var answer = await ControlSocket.AskAsync(folder, wish, stop);
        if (!answer.Done)
            throw answer.IsWrong ? CommandException.Usage(answer.Said) : CommandException.Failed(answer.Said);
        terminal.Line(answer.Said);
        return ExitCode.Done;
    }
}
