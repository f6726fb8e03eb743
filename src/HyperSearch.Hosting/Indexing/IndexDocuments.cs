using HyperSearch.Planning;
using HyperSearch.Spaces;
using LiteDB;

namespace HyperSearch.Hosting.Indexing;

/// <summary>The documents of the index: one a trial, its fields named as in <c>rank --json</c>, and where its jobs stand in the
/// journal.</summary>
/// <remarks>
/// No NaN gets in, because it would sort before every number; a missing value is a missing field. Curves stay in the journal.
/// </remarks>
internal static class IndexDocuments
{
    /// <summary>The collection of trials.</summary>
    public const string Trials = "trials";

    /// <summary>The field of metrics, as pairs; <see cref="Find"/> looks into it.</summary>
    public const string Metrics = "metrics";

    /// <summary>The field of parameters, as pairs; <see cref="Find"/> looks into it.</summary>
    public const string Parameters = "params";

    /// <summary>The collection of events: only their offsets in the journal.</summary>
    public const string Events = "events";

    /// <summary>The field that ranks, indexed.</summary>
    public const string Value = "value";

    /// <summary>Offsets of the trial's outcomes in the journal, in order.</summary>
    public const string At = "at";

    /// <summary>The number of the furthest job: the document shows the trial after that job.</summary>
    public const string Job = "job";

    /// <summary>Epochs that the furthest job was planned to end at.</summary>
    public const string ToEpochs = "to_epochs";

    /// <summary>How the furthest job ended, as a word.</summary>
    public const string State = "state";

    /// <summary>The document of a trial after another of its jobs.</summary>
    /// <param name="before">Its document so far; <c>null</c> for its first job.</param>
    /// <param name="outcome">The job's outcome.</param>
    /// <param name="offset">The offset of the outcome in the journal.</param>
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
            [Parameters] = Params(outcome.Point),
            [Metrics] = Named(outcome.Metrics.Where(pair => double.IsFinite(pair.Value))
                .Select(pair => (pair.Key, new BsonValue(pair.Value)))),
            [At] = new BsonArray((before?[At].AsArray ?? []).Append(new BsonValue(offset))),
        };
        if (outcome.Value is { } value && double.IsFinite(value))
            document[Value] = value;
        return document;
    }

    /// <summary>A repeat changes nothing of its trial but the offsets of its outcomes.</summary>
    private static BsonDocument Repeated(BsonDocument trial, long offset)
    {
        trial[At] = new BsonArray((trial[At].AsArray ?? []).Append(new BsonValue(offset)));
        return trial;
    }

    /// <summary>The value of a name among metrics or parameters; <c>null</c> where it is not there.</summary>
    public static BsonValue? Find(BsonValue named, string name) =>
        named.AsArray.FirstOrDefault(pair => pair.AsArray[0].AsString == name)?.AsArray[1];

    /// <summary>The names among metrics or parameters.</summary>
    public static IEnumerable<string> NamesOf(BsonValue named) => named.AsArray.Select(pair => pair.AsArray[0].AsString);

    /// <summary>Pairs of a name and a value: the keys of a LiteDB document ignore case, and names do not.</summary>
    private static BsonArray Named(IEnumerable<(string Name, BsonValue Value)> pairs) =>
        new(pairs.Select(pair => new BsonArray(new BsonValue(pair.Name), pair.Value)));

    private static BsonArray Params(Point point) => Named(point.Select(pair => (pair.Key, pair.Value.Boxed switch
    {
        double number => new BsonValue(number),
        bool truth => new BsonValue(truth),
        var word => new BsonValue((string)word),
    })));
}
