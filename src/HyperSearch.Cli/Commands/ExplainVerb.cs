using System.CommandLine;
using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary><c>explain</c>: the rounds of a search, or one of them: why it zoomed and why its box moved or shrank, with the trials that are
/// the evidence; of a population the steps at which trials gave way to copies.</summary>
internal sealed class ExplainVerb : ReadingVerb
{
    private readonly Option<int?> _round =
        CheckedOption.WholeNumber("--round", "N", "One round, from 1, with its evidence. Default: a list of all.", least: 1);

    /// <summary>Makes the verb.</summary>
    public ExplainVerb(Shell shell)
        : base("explain", "Say why the search zoomed, and why its box moved or shrank.", shell, "explain digits",
            "explain digits --round 5", "explain digits --round 5 --json") => Add(_round);

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        Write(Terminal, campaign, parse.GetValue(_round), asJson);
        return ExitCode.Done;
    }

    /// <summary>Writes all rounds, or one.</summary>
    internal static void Write(Terminal terminal, CampaignSnapshot campaign, int? number, bool asJson)
    {
        if (number is null && PopulationStep.Of(campaign) is { IsEmpty: false } steps)
        {
            if (asJson)
                Documents.Write(terminal, json => PopulationDocument.WriteAll(json, campaign, steps));
            else
                PopulationText.WriteAll(terminal, campaign, steps);
            return;
        }

        var rounds = Rounds.Of(campaign);
        if (rounds.IsEmpty)
        {
            if (asJson)
                Documents.Write(terminal, json => RoundDocument.WriteNone(json, campaign));
            else
                terminal.Line($"{campaign.Name}: {Rounds.WhyNone(campaign)}");
            return;
        }

        if (number > rounds.Length)
            throw CommandException.Usage($"{campaign.Name} has no round {number}: it has rounds 1 to {rounds.Length}.");
        switch (number, asJson)
        {
            case ({ } one, true):
                Documents.Write(terminal, json => RoundDocument.Write(json, rounds[one - 1]));
                break;
            case ({ } one, false):
                RoundText.Write(terminal, campaign, rounds[one - 1]);
                break;
            case (null, true):
                Documents.Write(terminal, json => RoundDocument.WriteAll(json, campaign, rounds));
                break;
            default:
                RoundText.WriteAll(terminal, campaign, rounds);
                break;
        }
    }
}
