using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary><c>rank</c>: the trials from the best to the worst.</summary>
internal sealed class RankVerb : ReadingVerb
{
    private const int DefaultTop = 10;

    /// <summary>How many of the best trials of a large campaign are read, even when fewer are shown, so that all confirmed leaders are
    /// among them.</summary>
    private const int FewestRead = 100;

    private readonly Option<int?> _top =
        CheckedOption.WholeNumber("--top", "N", "How many trials to show. Default 10; with --json all.", 1);
    private readonly Option<string?> _by = new("--by")
    {
        HelpName = "METRIC",
        Description = "Rank by another metric than the search's own, or list by a parameter.",
    };

    private readonly Option<string?> _where = new("--where")
    {
        HelpName = "CONDITION",
        Description = "Only trials that meet a condition, such as \"learning_rate < 0.01 and state = completed\".",
    };

    private readonly Option<int?> _skip = CheckedOption.WholeNumber("--skip", "N", "Pass over the first N, to see the next page.", 0);

    /// <summary>Makes the verb.</summary>
    public RankVerb(Shell shell)
        : base(
            "rank", "Show the trials of a campaign from the best to the worst.", shell, "rank digits", "rank digits --top 20 --by dev_cost",
            "rank digits --where \"optimizer in (adam, rmsprop) and learning_rate < 0.01\"", "rank digits --json")
    {
        Add(_top);
        Add(_skip);
        Add(_by);
        Add(_where);
    }

    /// <inheritdoc/>
    public override string Remark =>
        """
        A condition names parameters, metrics, trial, state, value, epochs, seconds and
        origin; it has comparisons, in (...), and, or, not, and arithmetic.
        """;

    /// <inheritdoc/>
    protected override int Tell(CampaignFolder folder, bool asJson, ParseResult parse)
    {
        var query = new TrialQuery
        {
            Where = parse.GetValue(_where),
            OrderBy = parse.GetValue(_by),
            Skip = parse.GetValue(_skip) ?? 0,
            Take = parse.GetValue(_top) ?? (asJson ? null : DefaultTop),
        };
        try
        {
            Write(Terminal, Page(Campaign.Open(folder), query, asJson, out var uncertainty), query, asJson, uncertainty);
        }
        catch (FormatException mistake)
        {
            throw CommandException.Usage(mistake.Message, mistake);
        }

        return ExitCode.Done;
    }

    /// <summary>The page, and the uncertainty of the ranking, which does not depend on how much of it is shown.</summary>
    private static TrialPage Page(Campaign campaign, TrialQuery query, bool asJson, out ImmutableArray<string>? uncertainty)
    {
        uncertainty = null;
        if (asJson || query is not { Where: null, OrderBy: null, Skip: 0, Take: { } take })
            return campaign.ReadPage(query);
        if (new FileInfo(campaign.Folder.JournalPath).Length < BestTrials.FilteredFrom)
        {
            var whole = campaign.Read();
            uncertainty = Uncertainty.Sentences(whole);
            return TrialPage.Of(whole, query);
        }

        var page = campaign.ReadPage(query with { Take = Math.Max(take, FewestRead) });
        uncertainty = Uncertainty.Sentences(page.Campaign);
        return page with { Ranked = [.. page.Ranked.Take(take)] };
    }

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        Write(Terminal, campaign);
        return ExitCode.Done;
    }

    /// <summary>Writes the ranking of a whole campaign.</summary>
    internal static void Write(Terminal terminal, CampaignSnapshot campaign)
    {
        var ranked = Ranking.Rank(campaign.Trials, campaign.Search);
        var page = new TrialPage(campaign, [.. ranked.Take(DefaultTop)], campaign.Trials.Length)
        {
            OnFront = ranked.Count(entry => entry.Front == 1),
        };
        Write(terminal, page, new TrialQuery(), asJson: false, Uncertainty.Sentences(campaign));
    }

    /// <summary>Writes a page of the ranking.</summary>
    internal static void Write(Terminal terminal, TrialPage page, TrialQuery query, bool asJson, ImmutableArray<string>? uncertainty = null)
    {
        var (campaign, ranked) = (page.Campaign, page.Ranked);
        var metric = query.OrderBy == campaign.Search.Metric ? null : query.OrderBy;
        var confirming = metric is null
            && (campaign.Search.Confirm is not null || campaign.Trials.Any(trial => trial.Confirmed is not null));
        if (asJson)
        {
            Documents.Write(terminal, json =>
            {
                json.WriteStartArray();
                foreach (var trial in ranked)
                    json.WriteRanked(trial, confirming);
                json.WriteEndArray();
            });
            if (!campaign.Interventions.IsEmpty)
                terminal.Note(SteppedIn(campaign)); // the document is an array of trials, and this is of the campaign
            return;
        }

        if (ranked.Count == 0)
        {
            terminal.Line(query.Where is not null || query.Skip > 0
                ? $"{campaign.Name}: no trial is left to show."
                : $"{campaign.Name}: no trial has ended yet.");
            return;
        }

        terminal.Line(Title(page, query, metric));
        terminal.Line();
        terminal.Table(Table(campaign, [.. ranked], metric is null || IsParameter(campaign, metric) ? campaign.Search.Metric : metric,
            confirming && ranked.Any(entry => entry.Trial.Confirmed is not null)));
        if (page.Matching - query.Skip - ranked.Count is > 0 and var more)
            terminal.Remark($"{more} more: --top {page.Matching} shows all.");
        var isWhole = metric is null && query is { Where: null, Skip: 0 };
        foreach (var sentence in uncertainty ?? (isWhole ? Uncertainty.Sentences(campaign) : []))
            terminal.Paragraph(sentence);
        if (!campaign.Interventions.IsEmpty)
            terminal.Remark(SteppedIn(campaign));
    }

    /// <summary>How often people stepped in, in a sentence.</summary>
    internal static string SteppedIn(CampaignSnapshot campaign) =>
        $"{campaign.Name}: {Figures.Count(campaign.Interventions.Length, "intervention")} by hand; status names them.";

    private static bool IsParameter(CampaignSnapshot campaign, string name) =>
        campaign.Search.Space.Parameters.Any(parameter => parameter.Name == name);

    private static string Title(TrialPage page, TrialQuery query, string? metric)
    {
        var campaign = page.Campaign;
        var trials = page.Matching is { } matching ? Figures.Count(matching, "trial") : "the best trials";
        if (query.Where is { } where)
            trials += $" with {where}";
        if (metric is null && !campaign.Search.Further.IsEmpty)
            return $"{campaign.Name}: {trials}; {page.OnFront} of them {(page.OnFront == 1 ? "is" : "are")} the front that no other " +
                $"beats in everything ({string.Join(", ", campaign.Search.Goals)})";
        if (metric is not null && IsParameter(campaign, metric))
            return $"{campaign.Name}: {trials}, in the order of {metric}";
        var more = metric is null ? campaign.Search.Maximize : Metrics.MoreIsBetter(metric) ?? campaign.Search.Maximize;
        return $"{campaign.Name}: {trials}, ranked by {metric ?? campaign.Search.Metric} ({(more ? "higher" : "lower")} is better)";
    }

    private static TextTable Table(CampaignSnapshot campaign, RankedTrial[] shown, string metric, bool confirmed)
    {
        var table = new TextTable().Column("rank").Column("trial").Column(metric);
        var further = shown.Any(entry => entry.Front is not null) ? campaign.Search.Further : [];
        foreach (var goal in further)
            table.Column(goal.Metric);
        if (!further.IsEmpty)
            table.Column("front");
        if (confirmed)
            table.Column("±").Column("runs").Column("search_score", keep: 2);
        var withState = shown.Any(ranked => ranked.Trial.State != OutcomeState.Completed);
        if (withState)
            table.Column("state", right: false);
        var parameters = campaign.Search.Space.Searched.Where(parameter =>
            shown.Any(ranked => ranked.Trial.Point.ContainsKey(parameter.Name))).ToArray();
        foreach (var parameter in parameters)
            table.Column(parameter.Name, right: !parameter.Scale.IsCategorical, keep: 1);
        table.Column("epochs", keep: 3).Column("seconds", keep: 4).Column("origin", right: false, keep: 2);

        var values = Figures.Column(shown.Select(ranked => ranked.Value));
        var errors = shown.Select(ranked => ranked.Trial.Confirmed?.StandardError is { } error ? Figures.Brief(error, 2) : "").ToArray();
        var scores = Figures.Column(shown.Select(ranked => ranked.Trial.Value));
        var seconds = Figures.Column(shown.Select(ranked => (double?)Math.Round(ranked.Trial.Seconds, 2)));
        for (var i = 0; i < shown.Length; i++)
        {
            var trial = shown[i].Trial;
            string[] cells =
            [
                Whole(shown[i].Rank), Whole(trial.Number), values[i].Length > 0 ? values[i] : "-",
                .. further.Select(goal => trial.Metrics.TryGetValue(goal.Metric, out var measured) ? Figures.Brief(measured) : "-"),
                .. further.IsEmpty ? Array.Empty<string>() : [shown[i].Front is { } front ? Whole(front) : "-"],
                .. confirmed ? [errors[i], trial.Confirmed is { } seen ? Whole(seen.Values.Length) : "", scores[i]] : Array.Empty<string>(),
                .. withState ? [Documents.Name(trial.State)] : Array.Empty<string>(),
                .. parameters.Select(parameter => trial.Point.TryGetValue(parameter.Name, out var value) ? Figures.Brief(value) : "-"),
                Whole(trial.Epochs), seconds[i], Documents.Name(trial.Origin.Kind),
            ];
            table.Row(cells, (shown[i].Front == 1 || shown[i].Rank == 1) && shown[i].Value is not null ? "green" : "");
        }

        return table;
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
