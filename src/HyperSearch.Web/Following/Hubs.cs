using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Web.Following;

/// <summary>The hubs of the campaigns that somebody has asked for; one that nobody asks for any more is forgotten.</summary>
/// <param name="results">The folder of campaigns.</param>
/// <param name="time">The clock.</param>
internal sealed class Hubs(string results, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, CampaignHub> _hubs = new(StringComparer.Ordinal);

    /// <summary>The campaigns there are, by name.</summary>
    public IEnumerable<CampaignFolder> Folders => CampaignFolder.In(results);

    /// <summary>The folder of a campaign; <c>null</c> when there is none of that name.</summary>
    /// <remarks>The name is looked for among the folders there are and never becomes a path.</remarks>
    public CampaignFolder? FolderOf(string name) => Folders.FirstOrDefault(folder => folder.Name == name);

    /// <summary>Campaigns that a person wants side by side, or a sentence that says why they cannot be compared.</summary>
    public async Task<(IReadOnlyList<CampaignSnapshot> Campaigns, string? Refusal)> ReadToCompareAsync(
        IEnumerable<string> names, CancellationToken stop)
    {
        var found = new List<CampaignSnapshot>();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (found.Count == Comparisons.Most)
                return ([], $"At most {Comparisons.Most} campaigns are compared at a time.");
            if (Find(name) is not { } hub)
                return ([], $"There is no campaign \"{name}\".");
            found.Add(await hub.ReadAsync(stop));
        }

        return found.Count < 2 ? ([], "A comparison takes two campaigns or more.") : (found, SearchComparison.Refusal(found));
    }

    /// <summary>The hub of a campaign of the folder; <c>null</c> when there is none of that name.</summary>
    public CampaignHub? Find(string name)
    {
        if (FolderOf(name) is not { } folder)
            return null;
        lock (_hubs)
        {
            foreach (var (other, idle) in _hubs.Where(entry => IsIdle(entry.Key, entry.Value, name)).ToArray())
            {
                _hubs.Remove(other);
                idle.Dispose();
            }

            if (!_hubs.TryGetValue(name, out var hub))
                _hubs[name] = hub = new CampaignHub(folder, time);
            return hub;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_hubs)
        {
            foreach (var hub in _hubs.Values)
                hub.Dispose();
            _hubs.Clear();
        }
    }

    private bool IsIdle(string name, CampaignHub hub, string wanted) =>
        name != wanted && !hub.HasViewers && time.GetElapsedTime(hub.Asked) > Kept;
}
