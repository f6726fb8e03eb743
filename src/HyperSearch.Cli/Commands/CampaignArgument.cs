using System.CommandLine;
using HyperSearch.Cli.Invocation;

namespace HyperSearch.Cli.Commands;

/// <summary>The CAMPAIGN of a command line; shells complete it with the names under the results folder.</summary>
internal sealed class CampaignArgument : Argument<string>
{
    /// <summary>Makes the argument.</summary>
    public CampaignArgument(Shell shell)
        : base("CAMPAIGN")
    {
        Description = "A campaign's name under the results folder, or its path.";
        HelpName = "CAMPAIGN"; // else help would show the completions in its place
        CompletionSources.Add(context => CampaignFolders.Names(shell.ResultsFolder(context.ParseResult)));
    }
}
