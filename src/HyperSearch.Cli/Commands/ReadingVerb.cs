using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary>A verb that reads one campaign, running or not, and tells something of it.</summary>
internal abstract class ReadingVerb : Verb
{
    private readonly CampaignArgument _campaign;
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON document to stdout." };

    /// <summary>Makes a reading verb.</summary>
    protected ReadingVerb(string name, string description, Shell shell, params string[] examples)
        : base(name, description, shell, examples)
    {
        Add(_campaign = new CampaignArgument(shell));
        if (this is not IDocumentVerb)
            Add(_json);
    }

    /// <summary>Writes the answer.</summary>
    /// <returns>The exit code.</returns>
    protected abstract int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse);

    /// <summary>The name or path that a command line gives.</summary>
    protected string CampaignOf(ParseResult parse) => parse.GetRequiredValue(_campaign);

    /// <summary>Whether a document is wanted.</summary>
    protected bool AsJson(ParseResult parse) => this is not IDocumentVerb && parse.GetValue(_json);

    /// <summary>The part of the campaign that must be read for this verb: everything, unless the verb knows better.</summary>
    protected virtual CampaignSnapshot Read(CampaignFolder folder, ParseResult parse) => Campaign.Open(folder).Read();

    /// <summary>Reads the part of the campaign that it needs and writes about it.</summary>
    /// <returns>The exit code.</returns>
    protected virtual int Tell(CampaignFolder folder, bool asJson, ParseResult parse) => Tell(Read(folder, parse), asJson, parse);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var folder = CampaignFolders.Find(CampaignOf(parse), Shell.ResultsFolder(parse));
        using var turn = await Polling.AwaitTurnAsync([folder], Shell, stop);
        return Tell(folder, AsJson(parse), parse);
    }
}

/// <summary>Marks a reading verb whose output is a document of another format already, so that it has no <c>--json</c>.</summary>
internal interface IDocumentVerb;
