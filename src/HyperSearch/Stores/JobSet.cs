using System.Collections;

namespace HyperSearch.Stores;

/// <summary>The numbers of the jobs that have ended, one bit each.</summary>
internal sealed class JobSet
{
    private readonly BitArray _ended = new(1024);

    /// <summary>Adds a job.</summary>
    /// <returns>Whether it was new.</returns>
    public bool Add(int job)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(job);
        if (job >= _ended.Length)
            _ended.Length = Math.Max(job + 1, checked(2 * _ended.Length));
        var added = !_ended[job];
        _ended[job] = true;
        return added;
    }

    /// <summary>Takes a job out again.</summary>
    public void Remove(int job) => _ended[job] = false;
}
