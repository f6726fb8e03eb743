using System.Text;
using HyperSearch.Hosting.Documents;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Plots;

namespace HyperSearch.Web.Following;

/// <summary>Campaigns side by side, as <c>compare</c> sees them; the last pictures are kept for all viewers.</summary>
/// <param name="time">The clock.</param>
internal sealed class Comparisons(TimeProvider time) : IDisposable
{
    /// <summary>So many campaigns are compared at a time.</summary>
    public const int Most = 100;

    private const int RestPerCost = 50;
    private const int MostKept = 8;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, Drawn> _kept = new(StringComparer.Ordinal);

    /// <summary>The comparison as a document.</summary>
    /// <param name="campaigns">Campaigns whose values compare.</param>
    public static string Document(IReadOnlyList<CampaignSnapshot> campaigns) =>
        JsonText.Of(json => ComparisonDocument.Write(json, SearchComparison.Of(campaigns), campaigns[0].Search.Goals[0]));

    /// <summary>The best so far of each, as a picture.</summary>
    /// <param name="campaigns">Campaigns whose values compare.</param>
    /// <param name="png">Whether it is wanted as pixels.</param>
    /// <param name="stop">Cancelled when nobody waits for it any more.</param>
    public async Task<byte[]> DrawAsync(IReadOnlyList<CampaignSnapshot> campaigns, bool png, CancellationToken stop)
    {
        var key = string.Join('\n', campaigns.Select(campaign => campaign.Folder).Append(png ? "png" : "svg"));
        await _gate.WaitAsync(stop);
        try
        {
            var trials = campaigns.Sum(campaign => (long)campaign.Trials.Length);
            if (_kept.TryGetValue(key, out var kept) && (kept.Trials == trials || time.GetElapsedTime(kept.At) < kept.Rest))
                return kept.Picture;
            var started = time.GetTimestamp();
            var picture = await Task.Run(() => Draw(campaigns, png), stop);
            var rest = time.GetElapsedTime(started) * RestPerCost;
            if (_kept.Count >= MostKept)
                _kept.Remove(_kept.MinBy(entry => entry.Value.At).Key);
            _kept[key] = new Drawn(picture, trials, time.GetTimestamp(), rest < ShortestRest ? ShortestRest : rest);
            return picture;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static byte[] Draw(IReadOnlyList<CampaignSnapshot> campaigns, bool png)
    {
        var search = campaigns[0].Search;
        var picture = ComparisonPicture.Draw(SearchComparison.Of(campaigns), search.Metric, search.Maximize);
        return png ? PictureRenderer.Png(picture) : Encoding.UTF8.GetBytes(PictureRenderer.Svg(picture));
    }

    private sealed record Drawn(byte[] Picture, long Trials, long At, TimeSpan Rest);
}
