using System.Text;
using HyperSearch.Planning;
using HyperSearch.Plots;

namespace HyperSearch.Web.Following;

/// <summary>Pictures of campaigns, drawn one at a time and kept for all viewers: drawing costs more than all else, so a picture of a
/// running campaign is drawn anew only after it has rested for fifty times as long as it took.</summary>
/// <param name="time">The clock.</param>
internal sealed class Pictures(TimeProvider time) : IDisposable
{
    private const int RestPerCost = 50;
    private const int MostKept = 64;

    /// <summary>So many marks draw slowly and make an SVG that a browser scrolls badly: a PNG takes its place.</summary>
    private const int MostMarks = 12_000;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<(string Campaign, string Kind, bool Png), Drawn> _kept = [];

    /// <summary>A picture; <c>null</c> where there is nothing in it yet.</summary>
    /// <param name="now">The campaign.</param>
    /// <param name="plot">The kind.</param>
    /// <param name="png">Whether it is wanted as pixels.</param>
    /// <param name="stop">Cancelled when nobody waits for it any more.</param>
    public async Task<(byte[] Bytes, string Type)?> DrawAsync(CampaignSnapshot now, IPlot plot, bool png, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            var key = (now.Folder, plot.Kind, png);
            if (_kept.TryGetValue(key, out var kept) && (kept.Trials == now.Trials || time.GetElapsedTime(kept.At) < kept.Rest))
                return kept.Picture;
            var started = time.GetTimestamp();
            var picture = await Task.Run(() => Draw(now, plot, png), stop);
            var cost = time.GetElapsedTime(started);
            var rest = cost * RestPerCost < ShortestRest ? ShortestRest : cost * RestPerCost;
            if (_kept.Count >= MostKept)
                _kept.Remove(_kept.MinBy(entry => entry.Value.At).Key);
            _kept[key] = new Drawn(picture, now.Trials, time.GetTimestamp(), rest);
            return picture;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static (byte[], string)? Draw(CampaignSnapshot now, IPlot plot, bool png)
    {
        var picture = plot.Draw(now);
        if (picture.Panels.IsEmpty)
            return null;
        return png || now.Trials.Length * picture.Panels.Length > MostMarks
            ? (PictureRenderer.Png(picture), "image/png")
            : (Encoding.UTF8.GetBytes(PictureRenderer.Svg(picture)), "image/svg+xml");
    }

    private sealed record Drawn(
        (byte[], string)? Picture, System.Collections.Immutable.ImmutableArray<Trial> Trials, long At, TimeSpan Rest);
}
