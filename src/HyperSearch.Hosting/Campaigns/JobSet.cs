using System.Collections;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>The jobs that have ended: a bit for each job of the search, and the few repeats.</summary>
internal sealed class JobSet
{
    private readonly BitArray _ended = new(1024);
    private readonly HashSet<JobKey> _repeats = [];

    /// <summary>Adds a job.</summary>
    /// <returns>Whether it was new.</returns>
    public bool Add(JobKey key)
    {
        var job = key.Number;
        ArgumentOutOfRangeException.ThrowIfNegative(job);
        if (key.Repeat > 0)
            return _repeats.Add(key);
        if (job >= _ended.Length)
            _ended.Length = Math.Max(job + 1, checked(2 * _ended.Length));
        var added = !_ended[job];
        _ended[job] = true;
        return added;
    }

    /// <summary>Takes a job out again.</summary>
    public void Remove(JobKey key)
    {
        if (key.Repeat > 0)
            _repeats.Remove(key);
        else
            _ended[key.Number] = false;
    }
}
