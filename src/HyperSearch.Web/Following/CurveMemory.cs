using HyperSearch.Hosting.Stores;

namespace HyperSearch.Web.Following;

/// <summary>The curves of the jobs under way, as far as their owner's live status has told them while somebody looked.</summary>
internal sealed class CurveMemory
{
    private const int MostPoints = 400;
    private readonly Dictionary<int, List<(int Epoch, double Value)>> _curves = [];

    /// <summary>Notes where the jobs are; a job that is not among them has ended.</summary>
    public void Note(IReadOnlyCollection<LiveJob> jobs)
    {
        var under = jobs.Select(job => job.Job).ToHashSet();
        foreach (var ended in _curves.Keys.Where(job => !under.Contains(job)).ToArray())
            _curves.Remove(ended);
        foreach (var job in jobs)
        {
            if (job.Value is not { } value)
                continue;
            if (!_curves.TryGetValue(job.Job, out var curve))
                _curves[job.Job] = curve = [];
            if (curve.Count > 0 && curve[^1].Epoch >= job.Epoch)
                continue;
            curve.Add((job.Epoch, value));
            if (curve.Count > MostPoints)
                Thin(curve);
        }
    }

    /// <summary>The curve of a job; empty before its first value.</summary>
    public IReadOnlyList<(int Epoch, double Value)> Of(int job) => _curves.TryGetValue(job, out var curve) ? curve : [];

    /// <summary>Leaves every second point, and the last.</summary>
    private static void Thin(List<(int Epoch, double Value)> curve)
    {
        var kept = curve.Where((_, index) => index % 2 == 0 || index == curve.Count - 1).ToArray();
        curve.Clear();
        curve.AddRange(kept);
    }
}
