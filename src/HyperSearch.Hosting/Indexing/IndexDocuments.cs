using HyperSearch.Planning;
using HyperSearch.Spaces;
using LiteDB;

namespace HyperSearch.Hosting.Indexing;

/// <summary>What the index keeps: one document a trial, its fields named as in <c>rank --json</c>, and where its jobs stand in the
/// journal.</summary>
/// <remarks>
/// No NaN gets in, because it would sort before every number; a missing value is a missing field. Curves stay in the journal.
/// </remarks>
internal static class IndexDocuments
{
    /// <summary>The collection of trials.</summary>
    public const string Trials = "trials";

    /// <summary>The collection of events: only where they stand in the journal.</summary>
    public const string Events = "events";

    /// <summary>The field that ranks, indexed.</summary>
    public const string Value = "value";

    /// <summary>Offsets of the trial's outcomes in the journal, in order.</summary>
    public const string At = "at";

    /// <summary>The number of the furthest job: the document tells what that one made of the trial.</summary>
    public const string Job = "job";

    /// <summary>Epochs that the furthest job was planned to end at.</summary>
    public const string ToEpochs = "to_epochs";

    /// <summary>How the furthest job ended, as a word.</summary>
    public const string State = "state";

    /// <summary>The document of a trial after another of its jobs.</summary>
    /// <param name="before">Its document so far; <c>null</c> for its first job.</param>
    /// <param name="outcome">The job's outcome.</param>
    /// <param name="offset">Where the outcome stands in the journal.</param>
    public static BsonDocument After(BsonDocument? before, Outcome outcome, long offset)
    {
        if (outcome.Repeat > 0)
            return Repeated(before ?? new BsonDocument { ["_id"] = outcome.Trial, ["seconds"] = 0.0 }, offset);
        if (before?[Job] is { IsInt32: true } further && further.AsInt32 > outcome.Job)
        {
            before["seconds"] = before["seconds"].AsDouble + outcome.Seconds; // an earlier job of the trial that was lost and run again
            return Repeated(before, offset);
        }

        var document = new BsonDocument
        {
            ["_id"] = outcome.Trial,
            [Job] = outcome.Job,
            [State] = TrialFilter.WordOf(outcome.State),
            ["epochs"] = outcome.Epochs,
            [ToEpochs] = outcome.ToEpochs,
            ["seconds"] = (before?["seconds"].AsDouble ?? 0) + outcome.Seconds,
            ["origin"] = Journals.OriginWords.Of(outcome.Origin.Kind),
            ["params"] = Params(outcome.Point),
            ["metrics"] = new BsonDocument(outcome.Metrics.Where(pair => double.IsFinite(pair.Value))
                .ToDictionary(pair => pair.Key, pair => new BsonValue(pair.Value))),
            [At] = new BsonArray((before?[At].AsArray ?? []).Append(new BsonValue(offset))),
        };
        if (outcome.Value is { } value && double.IsFinite(value))
            document[Value] = value;
        return document;
    }

    /// <summary>A repeat changes nothing of its trial but where its outcomes stand.</summary>
    private static BsonDocument Repeated(BsonDocument trial, long offset)
    {
        trial[At] = new BsonArray((trial[At].AsArray ?? []).Append(new BsonValue(offset)));
        return trial;
    }

    private static BsonDocument Params(Point point) => new(point.ToDictionary(
        pair => pair.Key,
        pair => pair.Value.Boxed switch { double number => new BsonValue(number), bool truth => new BsonValue(truth),
            var word => new BsonValue((string)word) }));
}
