using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Documents;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Web.Following;

/// <summary>Where a campaign stands at this moment: the event that viewers get once a second.</summary>
internal static class LiveNews
{
    /// <summary>The event's name.</summary>
    public const string Kind = "live";

    /// <summary>The event's data.</summary>
    /// <param name="campaign">The campaign, as it was read last.</param>
    /// <param name="now">That reading.</param>
    /// <param name="curves">The curves of the jobs under way.</param>
    public static string Of(Campaign campaign, CampaignSnapshot now, CurveMemory curves)
    {
        var summary = new CampaignSummary(now);
        var counts = Counts.Of(now);
        return JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("state", DocumentWriting.Name(now.State));
            json.WriteString("headline", summary.Headline);
            json.WriteNumber("best", summary.Best?.Number);
            json.WriteString("sentence", Sentence(campaign, now));
            json.WriteString("nothing", now.Trials.IsEmpty ? null : summary.Nothing()?.Message);
            json.WriteBoolean("paused", now.IsPaused);
            json.WriteArray("by_hand", now.Interventions, static (writer, sentence) => writer.WriteStringValue(sentence));
            var notes = CampaignNotes.Read(campaign.Folder);
            json.WriteNotes(notes);
            json.WriteString("fault", notes.Fault);
            json.WriteNumber("ended", counts.Ended);
            json.WriteNumber("planned", Math.Max(counts.Planned, counts.Ended));
            json.WriteStartArray("tiles");
            foreach (var (figure, name, note) in Tiles(campaign, summary, counts))
            {
                json.WriteStartArray();
                json.WriteStringValue(figure);
                json.WriteStringValue(name);
                json.WriteStringValue(note);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteObjects("jobs", campaign.Live?.Jobs ?? [], (writer, job) =>
            {
                writer.WriteNumber("job", job.Job);
                writer.WriteNumber("trial", job.Trial);
                var ended = EndedAlready(now, job);
                writer.WriteNumber("epoch", ended?.Epochs ?? job.Epoch);
                writer.WriteNumber("to", job.ToEpochs);
                writer.WriteNumber("worker", job.Worker);
                writer.WriteNumber("value", ended is null ? job.Value : ended.Value);
                writer.WritePoints("curve", CurveOf(now, job, curves));
                var line = StopLine.Of(now, job);
                writer.WritePoints("limit", line.Points);
                writer.WriteString("limit_said", line.Sentence);
                writer.WriteString("place", job.Place);
                writer.WriteString("point", PointOf(now, job));
            });
            json.WriteObjects("crew", now.Participants, static (writer, process) =>
            {
                writer.WriteString("name", process.Name);
                writer.WriteNumber("slots", process.Slots);
                writer.WriteNumber("jobs", process.Jobs);
                writer.WriteString("left", process.Left);
            });
            json.WriteObjects("commands", Commands.Of(campaign, now), static (writer, entry) =>
            {
                writer.WriteString("does", entry.Does);
                writer.WriteString("command", entry.Command);
            });
            json.WriteEndObject();
        });
    }

    /// <summary>The state in a sentence, and how to go on.</summary>
    public static string Sentence(Campaign campaign, CampaignSnapshot now) => now.State switch
    {
        CampaignState.Running when now.IsPaused => "It is paused: no further job begins until it may go on.",
        CampaignState.Running => "It is running.",
        CampaignState.Finished => now.Ending is { Length: > 0 } why ? $"It is finished: {why}." : "It is finished.",
        _ when campaign.Events.LastOrDefault(entry => entry is SessionStarted or SessionEnded) is SessionStarted lost =>
            $"The process that ran it ({lost.Process} on {lost.Machine}) ended without a word: it was killed, or its machine stopped. "
            + $"Every outcome that it had acknowledged is here; {Commands.GoingOn(now)} goes on.",
        _ => $"It was interrupted; {Commands.GoingOn(now)} goes on.",
    };

    private static IEnumerable<(string Figure, string Name, string Note)> Tiles(
        Campaign campaign, CampaignSummary summary, Counts counts)
    {
        var now = summary.Snapshot;
        yield return summary.Best is { RankValue: { } value } best
            ? (summary.Say(value), (best.Confirmed is null ? "best " : "mean ") + Figures.Words(summary.Metric), $"trial {best.Number}")
            : ("–", Figures.Words(summary.Metric), "no trial has a value yet");
        yield return (string.Create(CultureInfo.InvariantCulture, $"{counts.Ended} / {Math.Max(counts.Planned, counts.Ended)}"), "trials",
            OutOf(counts));
        yield return (Figures.Duration(now.ElapsedSeconds), "elapsed", now.State != CampaignState.Running ? "in all sessions"
            : now.Pace is { } known ? PaceText.Left(known, now.IsPaused) ?? "" : "");
        if (now.State == CampaignState.Running)
            yield return (now.Pace is { } pace ? Figures.Brief(pace.TrialsPerMinute) : "–", "trials a minute",
                Figures.Count(campaign.Live?.Jobs.Count(job => job.Worker is not null) ?? 0, "job") + " under way");
    }

    /// <summary>The outcome of a job that the live status, as old as a second, still has under way; <c>null</c> where it is.</summary>
    private static Outcome? EndedAlready(CampaignSnapshot now, LiveJob job) =>
        now.Trials.FirstOrDefault(trial => trial.Number == job.Trial)?.Jobs.FirstOrDefault(outcome => outcome.Job == job.Job);

    /// <summary>The curve of a trial from its earlier jobs into the one under way; a job whose outcome is here already, because the live
    /// status is as old as a second, has it whole.</summary>
    private static IEnumerable<(int Epoch, double Value)> CurveOf(CampaignSnapshot now, LiveJob job, CurveMemory curves)
    {
        if (now.Trials.FirstOrDefault(trial => trial.Number == job.Trial) is not { } trial)
            return curves.Of(job.Job);
        var known = trial.Curve.Epochs.Zip(trial.Curve.Column(now.Search.Metric));
        return trial.Jobs[^1].Job >= job.Job ? known : known.Concat(curves.Of(job.Job));
    }

    /// <summary>The searched part of the configuration in a line; <c>null</c> where it is not known.</summary>
    private static string? PointOf(CampaignSnapshot now, LiveJob job) => job.Point is not { } point ? null : string.Join(" · ",
        now.Search.Space.Searched.Where(parameter => point.ContainsKey(parameter.Name))
            .Select(parameter => $"{parameter.Name} {Figures.Brief(point[parameter.Name])}"));

    private static string OutOf(Counts counts)
    {
        (int Number, string Word)[] parts =
            [(counts.Completed, "completed"), (counts.Stopped, "stopped"), (counts.Diverged, "diverged"), (counts.Failed, "failed")];
        return string.Join(", ", parts.Where(part => part.Number > 0).Select(part => $"{part.Number} {part.Word}"));
    }
}
