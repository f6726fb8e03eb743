using System.CommandLine;
using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli;

/// <summary><c>rank</c>: the trials from the best to the worst.</summary>
internal sealed class RankVerb : ReadingVerb
{
    private const int DefaultTop = 10;

    private readonly Option<int?> _top = CheckedOption.WholeNumber("--top", "N", "How many trials to show. Default 10; with --json all.", 1);
    private readonly Option<string?> _by = new("--by") { HelpName = "METRIC", Description = "Rank by another metric than the search's own." };

    /// <summary>Makes the verb.</summary>
    public RankVerb(Shell shell)
        : base("rank", "Show the trials of a campaign from the best to the worst.", shell, "rank digits", "rank digits --top 20 --by dev_cost", "rank digits --json")
    {
        Add(_top);
        Add(_by);
    }

    /// <inheritdoc/>
    protected override CampaignSnapshot Read(CampaignFolder folder, ParseResult parse) =>
        parse.GetValue(_by) is null && (parse.GetValue(_top) ?? (AsJson(parse) ? null : DefaultTop)) is { } count
            ? Campaign.Open(folder).ReadBest(count)
            : base.Read(folder, parse);

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        var metric = parse.GetValue(_by);
        Write(Terminal, campaign, parse.GetValue(_top), metric == campaign.Search.Metric ? null : metric, asJson);
        return ExitCode.Done;
    }

    /// <summary>Writes the ranking.</summary>
    internal static void Write(Terminal terminal, CampaignSnapshot campaign, int? top, string? metric, bool asJson)
    {
        RefuseUnknownMetric(campaign, metric);
        var ranked = metric is null ? Ranking.Rank(campaign.Trials, campaign.Search) : Ranking.Rank(campaign.Trials, campaign.Search.Maximize, metric);
        var confirming = metric is null && (campaign.Search.Confirm is not null || campaign.Trials.Any(trial => trial.Confirmed is not null));
        if (asJson)
        {
            Documents.Write(terminal, json =>
            {
                json.WriteStartArray();
                foreach (var trial in ranked.Take(top ?? int.MaxValue))
                    json.WriteRanked(trial, confirming);
                json.WriteEndArray();
            });
            return;
        }

        if (ranked.IsEmpty)
        {
            terminal.Line($"{campaign.Name}: no trial has ended yet.");
            return;
        }

        var shown = ranked.Take(top ?? DefaultTop).ToArray();
        var name = metric ?? campaign.Search.Metric;
        var more = metric is null ? campaign.Search.Maximize : Metrics.MoreIsBetter(metric) ?? campaign.Search.Maximize;
        var all = ranked.Length + campaign.Omitted;
        terminal.Line(metric is null && !campaign.Search.Further.IsEmpty
            ? $"{campaign.Name}: {Figures.Count(all, "trial")}; {ranked.Count(entry => entry.Front == 1)} of them are the front that no other beats in everything ({string.Join(", ", campaign.Search.Goals)})"
            : $"{campaign.Name}: {Figures.Count(all, "trial")}, ranked by {name} ({(more ? "higher" : "lower")} is better)");
        terminal.Line();
        terminal.Table(Table(campaign, shown, name, confirming && shown.Any(entry => entry.Trial.Confirmed is not null)));
        if (shown.Length < all)
            terminal.Remark($"{all - shown.Length} more: --top {all} shows all.");
        foreach (var sentence in metric is null && campaign.Search.Further.IsEmpty ? Uncertainty.Sentences(campaign) : [])
            terminal.Paragraph(sentence);
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
        var parameters = campaign.Search.Space.Searched.Where(parameter => shown.Any(ranked => ranked.Trial.Point.ContainsKey(parameter.Name))).ToArray();
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

    private static void RefuseUnknownMetric(CampaignSnapshot campaign, string? metric)
    {
        if (metric is null || campaign.Trials.IsEmpty)
            return;
        var known = campaign.Trials.SelectMany(trial => trial.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (!known.Contains(metric))
            throw CommandException.Usage($"No trial of {campaign.Name} has a metric \"{metric}\".{Suggestion.For(metric, known)}");
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
