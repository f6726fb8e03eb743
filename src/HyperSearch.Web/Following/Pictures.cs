using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using HyperSearch.Hosting.Documents;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Web.Following;

/// <summary>Pictures of campaigns, drawn one at a time and kept for all viewers: drawing costs more than all else, so a picture of a
/// running campaign is drawn anew only after it has rested for fifty times as long as it took.</summary>
/// <param name="time">The clock.</param>
internal sealed class Pictures(TimeProvider time) : IDisposable
{
    private const int RestPerCost = 50;
    private const int MostKept = 64, MostBytesKept = 6 << 20;

    /// <summary>So many marks draw slowly and make an SVG that a browser scrolls badly: a PNG takes its place.</summary>
    private const int MostMarks = 12_000;

    private const string Png = "image/png";
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<(string Campaign, string Kind, string Form), Drawn> _kept = [];

    /// <summary>The forms of a picture, as the ends of its addresses.</summary>
    public static ImmutableArray<string> Forms { get; } = ["svg", "png", "json"];

    /// <summary>A picture, or as <c>json</c> what it says and its figures; <c>null</c> where there is nothing in it yet.</summary>
    /// <param name="now">The campaign.</param>
    /// <param name="plot">The kind.</param>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    /// <param name="stop">Cancelled when nobody waits for it any more.</param>
    public async Task<(byte[] Bytes, string Type)?> DrawAsync(CampaignSnapshot now, IPlot plot, string form, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            if (_kept.TryGetValue((now.Folder, plot.Kind, form), out var kept)
                && (kept.Trials == now.Trials || time.GetElapsedTime(kept.At) < kept.Rest))
                return kept.Picture;
            var started = time.GetTimestamp();
            var (picture, table) = await Task.Run(() => Draw(now, plot, form), stop);
            Memory.GiveBack();
            var cost = time.GetElapsedTime(started);
            var drawn = new Drawn(picture, now.Trials, time.GetTimestamp(), cost * RestPerCost < ShortestRest ? ShortestRest
                : cost * RestPerCost);
            Keep((now.Folder, plot.Kind, form), drawn);
            if (form == "svg" && picture?.Type == Png)
                Keep((now.Folder, plot.Kind, "png"), drawn);
            if (form != "json")
                Keep((now.Folder, plot.Kind, "json"), drawn with { Picture = table }); // it is asked for beside the picture
            return picture;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private void Keep((string Campaign, string Kind, string Form) key, Drawn drawn)
    {
        _kept[key] = drawn;
        while (_kept.Count > MostKept || (_kept.Count > 1 && BytesKept > MostBytesKept))
            _kept.Remove(_kept.MinBy(entry => entry.Value.At).Key);
    }

    private long BytesKept =>
        _kept.Values.Select(drawn => drawn.Picture?.Bytes).OfType<byte[]>().Distinct().Sum(bytes => (long)bytes.Length);

    private static ((byte[] Bytes, string Type)? Picture, (byte[], string)? Table) Draw(CampaignSnapshot now, IPlot plot, string form)
    {
        var picture = plot.Draw(now);
        Memory.GiveBack();
        if (picture.Panels.IsEmpty)
            return (null, null);
        var table = (Encoding.UTF8.GetBytes(Told(picture)), "application/json; charset=utf-8");
        if (form == "json")
            return (table, table);
        return (form == "png" || PictureRenderer.Marks(picture) > MostMarks
            ? (PictureRenderer.Png(picture), Png)
            : (Encoding.UTF8.GetBytes(PictureRenderer.Svg(picture)), "image/svg+xml"), table);
    }

    /// <summary>What a picture says, in words and figures.</summary>
    private static string Told(Picture picture) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("title", picture.Title);
        json.WriteString("caption", picture.Caption);
        json.WriteString("note", picture.Table?.Note);
        json.WriteArray("columns", picture.Table?.Columns ?? [], static (writer, column) => writer.WriteStringValue(column));
        json.WriteArray("rows", picture.Table?.Rows ?? [], static (writer, row) =>
        {
            writer.WriteStartArray();
            foreach (var cell in row)
                writer.WriteStringValue(cell);
            writer.WriteEndArray();
        });
        if (picture.Chart is { } chart)
            Write(json, chart);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, LineChart chart)
    {
        json.WriteStartObject("chart");
        Write(json, "across", chart.Across);
        Write(json, "upward", chart.Upward);
        json.WriteObjects("lines", chart.Lines, static (writer, line) =>
        {
            writer.WriteNumber("trial", line.Trial);
            writer.WriteBoolean("dashed", line.IsDashed);
            writer.WriteArray("points", line.Points, static (inner, point) => WritePlace(inner, point.X, point.Y));
        });
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ChartAxis axis)
    {
        json.WriteStartObject(name);
        json.WriteString("label", axis.Label);
        json.WriteArray("ticks", axis.Ticks.Major, static (writer, tick) =>
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(Math.Round(tick.Position, 4));
            writer.WriteStringValue(tick.Label);
            writer.WriteEndArray();
        });
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, double x, double y)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(x, 4));
        json.WriteNumberValue(Math.Round(y, 4));
        json.WriteEndArray();
    }

    private sealed record Drawn(
        (byte[] Bytes, string Type)? Picture, ImmutableArray<Trial> Trials, long At, TimeSpan Rest);
}
