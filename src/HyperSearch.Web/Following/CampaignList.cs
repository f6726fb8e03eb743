using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Documents;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Web.Following;

/// <summary>All campaigns of a folder in brief; one whose journal has not grown is not read again.</summary>
/// <param name="hubs">The campaigns.</param>
/// <param name="time">The clock.</param>
internal sealed class CampaignList(Hubs hubs, TimeProvider time) : IDisposable
{
    private const int Points = 40;
    private const int RestPerCost = 25;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, Entry> _known = new(StringComparer.Ordinal);

    /// <summary>The document for the page.</summary>
    public async Task<string> ReadAsync(CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            var folders = hubs.Folders.ToArray();
            foreach (var gone in _known.Keys.Except(folders.Select(folder => folder.Name)).ToArray())
                _known.Remove(gone);
            return JsonText.Of(json =>
            {
                json.WriteStartArray();
                foreach (var folder in folders)
                    Write(json, folder, EntryOf(folder));
                json.WriteEndArray();
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private Entry EntryOf(CampaignFolder folder)
    {
        var length = new FileInfo(folder.JournalPath) is { Exists: true } journal ? journal.Length : -1;
        var campaign = Campaign.Open(folder, time);
        var runs = campaign.IsRunning;
        if (_known.TryGetValue(folder.Name, out var known) && known.Runs == runs
            && (known.Length == length || time.GetElapsedTime(known.At) < known.Cost * RestPerCost))
            return known with { Running = runs ? campaign.ReadLive()?.Jobs.Length ?? 0 : 0 };
        var started = time.GetTimestamp();
        var entry = new Entry(folder.Name, length, runs);
        try
        {
            var now = campaign.ReadSummary();
            entry = entry with { Now = now with { OmittedValues = [] }, Line = SoFar(now), Running = now.Running };
        }
        catch (Exception unreadable) when (unreadable is StoreException or SearchFileException)
        {
            entry = entry with { Trouble = unreadable.Message }; // one bad folder hides no other
        }

        return _known[folder.Name] = entry with { At = time.GetTimestamp(), Cost = time.GetElapsedTime(started) };
    }

    /// <summary>The best value so far after each of some forty equal stretches of the trials that completed.</summary>
    internal static double[] SoFar(CampaignSnapshot now)
    {
        var values = now.OmittedValues.ToList();
        if (Ranking.Best(now) is not { Value: { } best } winner)
            return [];
        values.Insert(Math.Min(winner.Number, values.Count), best);
        var soFar = new double[values.Count];
        for (var i = 0; i < soFar.Length; i++)
            soFar[i] = i == 0 ? values[0] : now.Search.Maximize ? Math.Max(soFar[i - 1], values[i]) : Math.Min(soFar[i - 1], values[i]);
        return soFar.Length <= Points
            ? soFar
            : [.. Enumerable.Range(0, Points).Select(point => soFar[(int)((long)point * (soFar.Length - 1) / (Points - 1))])];
    }

    private static void Write(Utf8JsonWriter json, CampaignFolder folder, Entry entry)
    {
        json.WriteStartObject();
        json.WriteString("name", entry.Name);
        var notes = CampaignNotes.Read(folder);
        json.WriteNotes(notes);
        json.WriteString("fault", notes.Fault);
        if (entry.Now is not { } now)
        {
            json.WriteString("state", "unreadable");
            json.WriteString("trouble", entry.Trouble);
            json.WriteEndObject();
            return;
        }

        var (summary, counts) = (new CampaignSummary(now), Counts.Of(now));
        var best = summary.Best?.RankValue;
        json.WriteString("state", DocumentWriting.Name(now.State));
        json.WriteString("metric", now.Search.Metric);
        json.WriteBoolean("maximize", now.Search.Maximize);
        json.WriteNumber("best", best);
        json.WriteString("best_said", best is { } value ? summary.Say(value) : "–");
        json.WriteNumber("ended", counts.Ended);
        json.WriteNumber("planned", Math.Max(counts.Planned, counts.Ended));
        json.WriteNumber("running", entry.Running);
        json.WriteNumber("seconds", (double?)now.ElapsedSeconds);
        json.WriteString("time", Figures.Duration(now.ElapsedSeconds));
        json.WriteArray("line", entry.Line, static (writer, point) => writer.WriteNumberValue(point));
        json.WriteEndObject();
    }

    private sealed record Entry(string Name, long Length, bool Runs)
    {
        public CampaignSnapshot? Now { get; init; }

        public double[] Line { get; init; } = [];

        public int Running { get; init; }

        public string? Trouble { get; init; }

        public long At { get; init; }

        public TimeSpan Cost { get; init; }
    }
}
