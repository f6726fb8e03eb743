using System.Net.ServerSentEvents;
using System.Text.Json;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Plots.Report;

namespace HyperSearch.Web.Following;

/// <summary>What viewers know of a campaign's trials: all of them once, then only those that have changed.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TrialFeed
{
    /// <summary>The event with all trials.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>The event with the trials that have changed, at their new ranks; all others keep their order.</summary>
    public const string Rows = "rows";

    /// <summary>As many trials a page shows: the better half by rank, the others by their number, the latest.</summary>
    internal const int Most = 10_000;

    private const int Remembered = 32;
    private readonly string _session = Guid.NewGuid().ToString("N");
    private readonly LinkedList<(int Version, SseItem<string> Item)> _recent = [];
    private List<int> _order = [];
    private string[] _metrics = [];
    private int _version;
    private int _seen;
    private int _medianAt;
    private SseItem<string>? _whole;
    private CampaignSnapshot? _now;

    /// <summary>Takes a view of the campaign.</summary>
    /// <param name="now">The view.</param>
    /// <param name="outcomes">All outcomes up to it.</param>
    /// <returns>The event for those who know the view before; <c>null</c> when no trial has changed.</returns>
    public SseItem<string>? Take(CampaignSnapshot now, IReadOnlyList<Outcome> outcomes)
    {
        if (_now is not null && outcomes.Count == _seen)
            return null;
        var begun = _now is not null && outcomes.Count > _seen; // fewer: the journal was cut back, and all is told anew
        var changed = begun ? outcomes.Skip(_seen).Select(outcome => outcome.Trial).ToHashSet() : [];
        var ranked = Ranking.Rank(now.Trials, now.Search);
        var order = ranked.Select(entry => entry.Trial.Number).ToList();
        var data = new ReportData(new CampaignSummary(now));
        var isMore = begun && order.Count <= Most && data.Metrics.SequenceEqual(_metrics)
            && order.Where(trial => !changed.Contains(trial)).SequenceEqual(_order.Where(trial => !changed.Contains(trial)));
        (_now, _order, _metrics, _seen, _whole) = (now, order, data.Metrics, outcomes.Count, null);
        _version++;
        if (!isMore)
        {
            _recent.Clear();
            return Whole(ranked);
        }

        var item = Item(Rows, json =>
        {
            json.WriteStartObject();
            data.WriteRows(json, ranked.Where(entry => changed.Contains(entry.Trial.Number)));
            data.WriteScale(json);
            json.WriteStartArray("axis");
            data.WriteValueAxis(json);
            json.WriteEndArray();
            if (now.Trials.Length >= _medianAt)
                WriteMedian(json);
            json.WriteEndObject();
        });
        _recent.AddLast((_version, item));
        if (_recent.Count > Remembered)
            _recent.RemoveFirst();
        return item;
    }

    /// <summary>The events that bring a viewer up to date.</summary>
    /// <param name="last">The event that it had last, if any; those of another server are unknown here.</param>
    public IEnumerable<SseItem<string>> Since(string? last)
    {
        if (last?.Split('-') is [var session, var text] && session == _session && int.TryParse(text, out var version)
            && (version == _version || _recent.First?.Value.Version <= version + 1))
            return [.. _recent.Where(entry => entry.Version > version).Select(entry => entry.Item)];
        return [Whole(null)];
    }

    /// <summary>The trials that a page shows of a campaign with very many.</summary>
    internal static IEnumerable<RankedTrial> Shown(IReadOnlyList<RankedTrial> ranked)
    {
        if (ranked.Count <= Most)
            return ranked;
        var latest = ranked.Skip(Most / 2).Select(entry => entry.Trial.Number).OrderDescending().Take(Most / 2).Last();
        return ranked.Where((entry, index) => index < Most / 2 || entry.Trial.Number >= latest);
    }

    private SseItem<string> Whole(IReadOnlyList<RankedTrial>? known) => _whole ??= Item(Snapshot, json =>
    {
        var now = _now ?? throw new InvalidOperationException("Nothing has been read yet.");
        var ranked = known ?? Ranking.Rank(now.Trials, now.Search);
        json.WriteStartObject();
        json.WritePropertyName("trials");
        new ReportData(new CampaignSummary(now)).Write(json, Shown(ranked));
        json.WriteNumber("count", now.Trials.Length);
        WriteMedian(json);
        json.WriteEndObject();
    });

    private void WriteMedian(Utf8JsonWriter json)
    {
        _medianAt = _now!.Trials.Length + Math.Max(1, _now.Trials.Length / 10);
        json.WritePoints("median", MedianCurve.Of(_now.Trials, _now.Search.Metric));
    }

    private SseItem<string> Item(string kind, Action<Utf8JsonWriter> write) =>
        new(JsonText.Of(write), kind) { EventId = FormattableString.Invariant($"{_session}-{_version}") };
}
