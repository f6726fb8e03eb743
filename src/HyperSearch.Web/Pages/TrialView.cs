using System.Collections.Immutable;
using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Documents;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using HyperSearch.Web.Following;

namespace HyperSearch.Web.Pages;

/// <summary>What the page of one trial shows, as JSON.</summary>
internal static class TrialView
{
    private const int LogLines = 400;
    private const int Best = 5;

    /// <summary>The document; <c>null</c> when there is no such trial, neither ended nor under way.</summary>
    /// <param name="now">The campaign.</param>
    /// <param name="live">The jobs under way.</param>
    /// <param name="number">The trial's number.</param>
    public static string? Of(CampaignSnapshot now, LiveStatus? live, int number)
    {
        var ranking = Ranking.Rank(now.Trials, now.Search);
        var ranked = ranking.FirstOrDefault(entry => entry.Trial.Number == number);
        var job = live?.Jobs.FirstOrDefault(entry => entry.Trial == number);
        if (ranked is null && job is null)
            return null;
        var summary = new CampaignSummary(now);
        return JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("metric", now.Search.Metric);
            json.WriteBoolean("share", summary.IsShare);
            json.WriteBoolean("running", job is not null);
            json.WriteBoolean("steerable", now.State == CampaignState.Running);
            json.WriteString("resume", CodeParts.NeedProgram(now.Search)
                ? "The program that has its code starts it again."
                : $"{Commands.GoingOn(now)} starts it again; with --trials a finished one gets more trials.");
            json.WriteBoolean("winner", now.Verdict?.Trial == number);
            json.WriteNumber("ahead", RankedAt(ranking, ranked?.Rank - 1));
            json.WriteNumber("behind", RankedAt(ranking, ranked?.Rank + 1));
            json.WriteArray("searched", now.Search.Space.Searched, static (writer, parameter) => writer.WriteStringValue(parameter.Name));
            json.WriteArray("tiles", Tiles(summary, ranked, job), WriteTile);
            if (ranked is not null)
            {
                json.WritePropertyName("trial");
                TrialDocument.Write(json, now, ranked);
            }

            if ((ranked?.Trial.Point ?? job?.Point) is { } point)
            {
                json.WriteArray("point", Parameters(now.Search.Space, point), WriteTile);
                json.WritePoint("params", point);
            }

            json.WriteObjects("best", ranking.Where(entry => entry.Trial.Number != number && entry.Value is not null).Take(Best),
                (writer, entry) =>
                {
                    writer.WriteNumber("trial", entry.Trial.Number);
                    writer.WriteCurve("curve", entry.Trial.Curve);
                });
            Log(json, new CampaignFolder(now.Folder), number);
            json.WriteEndObject();
        });
    }

    /// <summary>The number of the trial at a rank; <c>null</c> where there is none.</summary>
    private static int? RankedAt(ImmutableArray<RankedTrial> ranking, int? rank) =>
        rank >= 1 && rank <= ranking.Length ? ranking[rank.Value - 1].Trial.Number : null;

    private static IEnumerable<(string, string, string)> Tiles(CampaignSummary summary, RankedTrial? ranked, LiveJob? job)
    {
        var trials = summary.Snapshot.Trials.Length;
        if (ranked?.Trial is { } trial)
        {
            yield return (ranked.Value is { } value ? summary.Say(value) : "–", Figures.Words(summary.Metric),
                trial.Reason is null ? "" : trial.Reason.Split('\n')[0]);
            yield return (FormattableString.Invariant($"{ranked.Rank}"), "rank", $"of {Figures.Count(trials, "trial")}");
            yield return (CampaignSummary.Say(trial.State), "state", Lineage.Work(trial));
        }

        if (job is not null)
        {
            yield return (FormattableString.Invariant($"{job.Epoch} / {job.ToEpochs}"), "epochs",
                job.Worker is { } worker ? $"worker {worker} trains it" : "it waits for a worker");
        }
    }

    /// <summary>Each parameter that plays a part, with its value and its scale.</summary>
    private static IEnumerable<(string, string, string)> Parameters(Space space, Point point) => space.Parameters
        .Where(parameter => point.ContainsKey(parameter.Name))
        .Select(parameter => (parameter.Name, Figures.Brief(point[parameter.Name]),
            parameter.IsFixed ? "fixed" : parameter.Scale.Describe()));

    private static void Log(Utf8JsonWriter json, CampaignFolder folder, int number)
    {
        if (TrialLogs.Paths(folder, number) is not [.., var last])
            return;
        json.WriteString("log_name", Path.GetFileName(last));
        json.WriteString("log", string.Join('\n', TrialLogs.Tail(last, LogLines)));
    }

    private static void WriteTile(Utf8JsonWriter json, (string, string, string) tile)
    {
        json.WriteStartArray();
        json.WriteStringValue(tile.Item1);
        json.WriteStringValue(tile.Item2);
        json.WriteStringValue(tile.Item3);
        json.WriteEndArray();
    }
}
