using System.CommandLine;
using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary><c>list</c>: the campaigns under the results folder.</summary>
internal sealed class ListVerb : Verb
{
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON document to stdout." };

    /// <summary>Makes the verb.</summary>
    public ListVerb(Shell shell)
        : base("list", "List the campaigns under the results folder.", shell, "list", "list --results /data/campaigns --json") =>
            Add(_json);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var results = Shell.ResultsFolder(parse);
        var folders = CampaignFolder.In(results).ToArray();
        using var turn = await Polling.AwaitTurnAsync(folders, Shell, stop);
        var campaigns = new List<CampaignSnapshot>();
        foreach (var folder in folders)
        {
            try
            {
                campaigns.Add(Campaign.Open(folder).ReadSummary());
            }
            catch (Exception unreadable) when (unreadable is StoreException or SearchFileException)
            {
                Terminal.Warning(unreadable.Message); // one bad folder hides no other
            }
        }

        Write(Terminal, campaigns, results, parse.GetValue(_json));
        return ExitCode.Done;
    }

    /// <summary>Writes the list.</summary>
    internal static void Write(Terminal terminal, IReadOnlyList<CampaignSnapshot> campaigns, string results, bool asJson)
    {
        if (asJson)
        {
            Documents.Write(terminal, json =>
            {
                json.WriteStartArray();
                foreach (var campaign in campaigns)
                    StatusDocument.Write(json, campaign);
                json.WriteEndArray();
            });
            return;
        }

        if (campaigns.Count == 0)
        {
            terminal.Line($"No campaigns under {results}. hypersearch run SEARCH.yaml starts one.");
            return;
        }

        var table = new TextTable().Column("campaign", right: false).Column("state", right: false).Column("trials").Column("best")
            .Column("metric", right: false).Column("time", keep: 1);
        var notes = campaigns.Select(campaign => CampaignNotes.Read(new CampaignFolder(campaign.Folder))).ToArray();
        var isTagged = notes.Any(note => !note.Tags.IsEmpty);
        if (isTagged)
            table.Column("tags", right: false, keep: 2);
        foreach (var (campaign, note) in campaigns.Zip(notes))
        {
            var counts = Counts.Of(campaign);
            table.Row([
                campaign.Name, Documents.Name(campaign.State), $"{counts.Ended}/{counts.Planned}",
                Ranking.Best(campaign)?.RankValue is { } value ? Figures.Brief(value, 4) : "-", campaign.Search.Metric,
                Figures.Duration(campaign.ElapsedSeconds),
                .. isTagged ? [string.Join(", ", note.Tags)] : Array.Empty<string>(),
            ]);
        }

        terminal.Table(table);
    }
}
