using System.Collections.Immutable;
using System.Text.Json;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Documents;

/// <summary>Where a campaign stands, as JSON.</summary>
internal static class StatusDocument
{
    /// <summary>Writes it: <c>status --json</c>, and one element of <c>list --json</c>.</summary>
    /// <param name="json">Where to write it.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="jobs">The jobs in hand, where they are asked for.</param>
    public static void Write(Utf8JsonWriter json, CampaignSnapshot campaign, ImmutableArray<LiveJob> jobs = default)
    {
        var counts = Counts.Of(campaign);
        json.WriteStartObject();
        json.WriteString("campaign", campaign.Name);
        json.WriteString("state", DocumentWriting.Name(campaign.State));
        json.WriteBoolean("paused", campaign.IsPaused);
        json.WriteStartObject("trials");
        json.WriteNumber("planned", counts.Planned);
        json.WriteNumber("completed", counts.Completed);
        json.WriteNumber("stopped", counts.Stopped);
        json.WriteNumber("diverged", counts.Diverged);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("running", campaign.Running);
        json.WriteEndObject();
        if (Ranking.Best(campaign) is { } best)
        {
            json.WriteStartObject("best");
            json.WriteNumber("trial", best.Number);
            json.WriteNumber("value", best.RankValue);
            json.WritePoint("params", best.Point);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("best");
        }

        if (campaign.Search.Confirm is { } confirm)
        {
            json.WriteStartObject("confirm");
            json.WriteNumber("repeats", counts.Repeats);
            json.WriteNumber("at_most", confirm.Runs);
            json.WriteEndObject();
        }

        json.WriteString("schedule_choice", campaign.Search.ScheduleChoice);
        json.WriteNumber("slots", campaign.SlotChanges.LastOrDefault()?.Slots ?? campaign.Search.Slots);
        json.WriteNumber("busy_share", campaign.Busy?.Share);
        if (campaign.Busy is { Each: { IsEmpty: false } each })
            json.WriteArray("busy_shares", each, static (writer, share) => writer.WriteNumberValue(share));
        json.WriteNumber("elapsed_seconds", (double?)campaign.ElapsedSeconds);
        json.WriteArray("set", campaign.Settings, static (writer, setting) => writer.WriteStringValue(setting));
        json.WriteArray("interventions", campaign.Interventions, static (writer, sentence) => writer.WriteStringValue(sentence));
        var folder = new CampaignFolder(campaign.Folder);
        json.WriteNotes(CampaignNotes.Read(folder));
        var sizes = CampaignSizes.Of(folder);
        json.WriteStartObject("sizes");
        json.WriteNumber("journal_bytes", sizes.Journal);
        json.WriteNumber("index_bytes", sizes.Index);
        json.WriteNumber("checkpoints_bytes", sizes.Checkpoints);
        json.WriteNumber("logs_bytes", sizes.Logs);
        json.WriteEndObject();
        if (!jobs.IsDefaultOrEmpty)
            json.WriteObjects("jobs", jobs, WriteJob);
        if (!campaign.Participants.IsEmpty)
            json.WriteObjects("participants", campaign.Participants, WriteParticipant);
        json.WriteEndObject();
    }

    private static void WriteJob(Utf8JsonWriter json, LiveJob job)
    {
        json.WriteNumber("trial", job.Trial);
        json.WriteNumber("epoch", job.Epoch);
        json.WriteNumber("to_epochs", job.ToEpochs);
        json.WriteNumber("worker", job.Worker);
        json.WriteString("process", job.Place);
        json.WriteNumber("value", job.Value);
    }

    private static void WriteParticipant(Utf8JsonWriter json, Participant participant)
    {
        json.WriteString("name", participant.Name);
        json.WriteNumber("workers", participant.Slots);
        json.WriteString("left", participant.Left);
    }
}
