using System.Collections.Frozen;
using System.Globalization;
using HyperSearch.Hosting.Stores;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Execution;

/// <summary>Removes the checkpoints of trials that will not go on, so that a campaign's folder does not grow with every trial.</summary>
/// <remarks>
/// A removal waits until every outcome that it follows from is on disk; the next session does what a kill left undone. An observer: a
/// failure is logged.
/// Should a trial go on after all, its first epochs are trained again and give the same bits.
/// </remarks>
internal sealed class CheckpointSweep(CampaignFolder folder, ILogger logger)
{
    private const int Rarest = 64;
    private Order? _order;
    private int _posted;
    private int _acknowledged;
    private int _due;

    /// <summary>How many of the best trials keep their checkpoints as well. Default 0.</summary>
    public int KeepBest { get; init; }

    /// <summary>Whether only those are removed with which copies began, because the others are not ours to remove. Default false.</summary>
    public bool OnlyFirst { get; init; }

    /// <summary>Counts an outcome on its way to the disk.</summary>
    /// <returns>Whether enough have gathered for a sweep.</returns>
    public bool Posted() => ++_posted >= _due;

    /// <summary>Orders a sweep, for when all outcomes posted so far are on disk.</summary>
    /// <param name="needed">The trials that may go on.</param>
    /// <param name="below">Only checkpoints of trials with a smaller number are looked at.</param>
    /// <param name="best">The trials whose last checkpoints stay as well. Default: none.</param>
    public void Plan(IEnumerable<int> needed, int below, IEnumerable<int>? best = null)
    {
        var going = needed.ToFrozenSet();
        var kept = going.Concat(best ?? []).ToFrozenSet();
        _due = _posted + Math.Max(Rarest, kept.Count); // so that a sweep costs the same for every outcome
        Volatile.Write(ref _order, new Order(kept, going, below, _posted));
        if (Volatile.Read(ref _acknowledged) >= _posted)
            Sweep();
    }

    /// <summary>Counts an outcome that is on disk, and sweeps when that is called for.</summary>
    public void Acknowledged()
    {
        if (Interlocked.Increment(ref _acknowledged) >= Volatile.Read(ref _order)?.After)
            Sweep();
    }

    private void Sweep()
    {
        if (Interlocked.Exchange(ref _order, null) is not { } order || !Directory.Exists(folder.CheckpointsPath)
            || CampaignFolder.IsLink(folder.CheckpointsPath))
            return;
        try
        {
            foreach (var path in Directory.EnumerateDirectories(folder.CheckpointsPath))
            {
                var name = Path.GetFileName(path);
                var isFirst = name.EndsWith(CampaignFolder.FirstCheckpoint, StringComparison.Ordinal);
                name = isFirst ? name[..^CampaignFolder.FirstCheckpoint.Length] : name.Split("-repeat-")[0];
                if ((isFirst || !OnlyFirst) && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var trial)
                    && trial < order.Below && !(isFirst ? order.Going : order.Kept).Contains(trial))
                    Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.CheckpointsNotRemoved(logger, error.Message);
        }
    }

    private sealed record Order(FrozenSet<int> Kept, FrozenSet<int> Going, int Below, int After);
}
