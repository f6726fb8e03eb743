using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using LiteDB;

namespace HyperSearch.Hosting.Indexing;

/// <summary>Asks the index of a campaign that nobody owns.</summary>
internal static class IndexQuery
{
    /// <summary>The journal answers sooner when more documents than this must be looked at.</summary>
    private const int MostLookedAt = 5_000;

    /// <summary>The best trials that meet a condition: the offsets of their outcomes, and of all events, in the journal.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="filter">The condition; <c>null</c> for all trials.</param>
    /// <param name="skip">How many of the best to pass over.</param>
    /// <param name="take">How many trials then.</param>
    /// <param name="search">The definition.</param>
    /// <param name="devRows">Rows of the dev set; <c>null</c> where they are not known.</param>
    /// <returns>
    /// <c>null</c> when the journal has to be read instead: somebody owns the campaign, the index is missing, behind, damaged or not
    /// closed in order, repeats have confirmed trials, or too few trials with the full budget are among the first
    /// <see cref="MostLookedAt"/>.
    /// </returns>
    public static IndexAnswer? Best(CampaignFolder folder, TrialFilter? filter, int skip, int take, Search search, int? devRows = null)
    {
        if (!File.Exists(folder.IndexPath))
            return null;
        using var free = CampaignLock.TryShare(folder);
        if (free is null)
            return null;
        try
        {
            if (!IndexSeal.Holds(folder))
                return null;
            using var file = IndexFile.Open(folder, readOnly: true);
            var database = file.Database;
            if (database.UserVersion != CampaignIndex.Schema
                || IndexState.Load(database) is not { Repeats: 0 } state || !IsCurrent(folder, state))
                return null;
            var trials = database.GetCollection(IndexDocuments.Trials);
            var count = trials.Count();
            var comparedRows = filter is null && skip == 0 ? devRows : null;
            if (Ordered(trials, filter, skip + take, count, search, comparedRows) is not { } best || file.Fault is not null)
                return null;
            return new IndexAnswer(
                [.. database.GetCollection(IndexDocuments.Events).FindAll().Select(entry => entry["_id"].AsInt64)],
                [.. best.Skip(skip).Take(take)
                    .SelectMany(trial => trial[IndexDocuments.At].AsArray).Select(offset => offset.AsInt64).Order()],
                count,
                filter is null && skip == 0 ? [.. best.Skip(take).Select(trial => trial[IndexDocuments.Value].AsDouble)] : [],
                state.Elapsed);
        }
        catch (Exception error) when (IndexFile.IsFault(error))
        {
            return null; // the journal has it all
        }
    }

    /// <summary>The first trials in the order of the ranking and, where the dev rows are known, all that cannot be told from the first;
    /// <c>null</c> when they were not found soon.</summary>
    private static List<BsonDocument>? Ordered(
        ILiteCollection<BsonDocument> trials, TrialFilter? filter, int wanted, int count, Search search, int? devRows)
    {
        var (found, lookedAt, metrics) = (new List<(double Cost, BsonDocument Trial)>(), 0, filter?.MetricNames.ToArray() ?? []);
        var ordered = trials.Query().Where($"{IndexDocuments.Value} >= @0", double.MinValue)
            .OrderBy(IndexDocuments.Value, search.Maximize ? Query.Descending : Query.Ascending);
        foreach (var trial in ordered.ToEnumerable())
        {
            if (++lookedAt > MostLookedAt)
                return null;
            var cost = RankPlace.CostOf(trial[IndexDocuments.Value].AsDouble, search.Maximize);
            if (found.Count >= wanted && cost > found[^1].Cost && !IsNear(trial[IndexDocuments.Value].AsDouble))
                return InOrder();
            if (trial[IndexDocuments.State].AsString != Completed || trial[IndexDocuments.ToEpochs].AsInt32 < search.Objective.Epochs)
                continue; // it stands behind all with the full budget
            if (metrics.Any(metric => IndexDocuments.Find(trial[IndexDocuments.Metrics], metric) is null))
                return null; // the journal tells whether any trial has it
            if (filter?.Matches(name => ValueOf(trial, name, search)) ?? true)
                found.Add((cost, trial));
        }

        return found.Count >= Math.Min(wanted, filter is null ? count : wanted) ? InOrder() : null;

        bool IsNear(double value) => devRows is { } rows
            && RowNoise.Of(search.Metric, IndexDocuments.NamesOf(found[0].Trial[IndexDocuments.Metrics])) is { } noise
            && !noise.Tells(found[0].Trial[IndexDocuments.Value].AsDouble, rows, value, rows, RowNoise.Quantile(Math.Max(1, count - 1)));

        List<BsonDocument> InOrder() =>
            [.. found.OrderBy(each => (each.Cost, TieOf(each.Trial), each.Trial["_id"].AsInt32)).Select(each => each.Trial)];
    }

    private static TieBreak TieOf(BsonDocument trial) =>
        TieBreak.Of(name => IndexDocuments.Find(trial[IndexDocuments.Metrics], name)?.AsDouble);

    private static readonly string Completed = TrialFilter.WordOf(OutcomeState.Completed);

    private static ParameterValue? ValueOf(BsonDocument trial, string name, Search search)
    {
        var value = IndexDocuments.Find(trial[IndexDocuments.Parameters], name);
        if (value is null && search.Space.Parameters.Any(parameter => parameter.Name == name))
            return null;
        value ??= name switch
        {
            "trial" => trial["_id"],
            "state" or IndexDocuments.Value or "epochs" or "seconds" or "origin" => trial.TryGetValue(name, out var field) ? field : null,
            _ => IndexDocuments.Find(trial[IndexDocuments.Metrics], name),
        };
        if (value is null)
            return null;
        return value.IsString ? value.AsString : value.IsBoolean ? value.AsBoolean : new ParameterValue(value.AsDouble);
    }

    private static bool IsCurrent(CampaignFolder folder, IndexState state) =>
        state.Offset == new FileInfo(folder.JournalPath).Length && state.Journal == IndexState.Fingerprint(folder);
}

/// <summary>The answer of the index about the best trials.</summary>
/// <param name="Events">The offsets of the events in the journal, in order.</param>
/// <param name="Outcomes">The offsets of the outcomes of the best trials, in order.</param>
/// <param name="Trials">How many trials there are in all.</param>
/// <param name="Near">The values of further trials that cannot be told from the best.</param>
/// <param name="Elapsed">Wall time over all sessions.</param>
internal sealed record IndexAnswer(
    ImmutableArray<long> Events, ImmutableArray<long> Outcomes, int Trials, ImmutableArray<double> Near, TimeSpan Elapsed);
