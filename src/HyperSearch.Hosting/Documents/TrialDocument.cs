using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Documents;

/// <summary>Everything about one trial, as JSON: <c>show --json</c>.</summary>
internal static class TrialDocument
{
    /// <summary>Writes a trial that has an outcome.</summary>
    public static void Write(Utf8JsonWriter json, CampaignSnapshot campaign, RankedTrial ranked)
    {
        var trial = ranked.Trial;
        var explanation = Explanation.Of(campaign, trial.Number);
        json.WriteStartObject();
        json.WriteTrial(trial, trial.Value);
        json.WriteNumber("rank", ranked.Rank);
        json.WriteString("reason", trial.Reason);
        json.WriteOrigin("proposed", trial.Origin);
        json.WriteNumber("round", explanation.Round);
        PopulationDocument.WriteLineage(json, trial);
        json.WriteArray("why", explanation.Sentences, static (writer, sentence) => writer.WriteStringValue(sentence));
        json.WriteObjects("rungs", explanation.Rungs, static (writer, rung) =>
        {
            writer.WriteNumber("epochs", rung.Epochs);
            writer.WriteNumber("value", rung.Value);
            writer.WriteNumber("place", rung.Place);
            writer.WriteNumber("of", rung.Of);
            writer.WriteString("verdict", DocumentWriting.Name(rung.Status));
        });
        json.WriteObjects("jobs", trial.Jobs, static (writer, job) =>
        {
            writer.WriteNumber("job", job.Job);
            writer.WriteNumber("from_epochs", job.FromEpochs);
            writer.WriteNumber("to_epochs", job.ToEpochs);
            writer.WriteString("state", DocumentWriting.Name(job.State));
            writer.WriteNumber("value", job.Value);
            writer.WriteNumber("epochs", job.Epochs);
            writer.WriteNumber("attempts", job.Attempts);
            writer.WriteNumber("seconds", (double?)job.Seconds);
            writer.WriteString("started", job.Started.UtcDateTime);
            writer.WriteNumber("worker", job.Worker);
            writer.WriteString("decision", job.Origin.Decision);
            writer.WriteString("reason", job.Reason);
            writer.WriteString("error", job.Error);
        });
        json.WriteCurve("curve", trial.Curve);
        json.WriteSignals("first_signals", trial.FirstSignals);
        json.WriteSignals("last_signals", trial.LastSignals);
        json.WriteArray("logs", TrialLogs.Paths(new CampaignFolder(campaign.Folder), trial.Number),
            static (writer, path) => writer.WriteStringValue(path));
        json.WriteEndObject();
    }

    /// <summary>Writes a trial in its first job; nothing more is known of it.</summary>
    public static void WriteRunning(Utf8JsonWriter json, CampaignSnapshot campaign, LiveJob job)
    {
        json.WriteStartObject();
        json.WriteNumber("trial", job.Trial);
        json.WriteString("state", "running");
        json.WriteNumber("epochs", job.Epoch);
        json.WriteNumber("to_epochs", job.ToEpochs);
        json.WriteArray("logs", TrialLogs.Paths(new CampaignFolder(campaign.Folder), job.Trial),
            static (writer, path) => writer.WriteStringValue(path));
        json.WriteEndObject();
    }
}
