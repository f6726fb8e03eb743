using HyperSearch.Analysis;

namespace HyperSearch.Cluster.Execution;

/// <summary>The time in which jobs wait and no worker is there, and the workers that were not taken: what a host says of them.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Vacancy
{
    /// <summary>How long nobody has to be there before the host says so; then after twice as long, and so on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _refused = [];
    private string? _lastReason;
    private TimeSpan? _since;
    private TimeSpan _next;

    /// <summary>Keeps that a worker process was refused.</summary>
    /// <param name="worker">Its name, which is new with each process.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Whether that is news: a process that asks again is not.</returns>
    public bool Refuse(string worker, string reason)
    {
        _lastReason = reason;
        return _refused.Add(worker);
    }

    /// <summary>What the host says now; <c>null</c> for nothing.</summary>
    /// <param name="now">The session's time.</param>
    /// <param name="isVacant">Whether jobs wait and no worker is there.</param>
    public string? Look(TimeSpan now, bool isVacant)
    {
        if (!isVacant)
        {
            _since = null;
            return null;
        }

        if (_since is not { } since)
        {
            (_since, _next) = (now, Patience);
            return null;
        }

        if (now - since < _next)
            return null;
        var said = $"Trials wait, and no worker has been there for {Figures.Duration((now - since).TotalSeconds)}. ";
        _next *= 2;
        if (_lastReason is null)
            return said + "Start one by the command above.";
        var refused = $"{Figures.Count(_refused.Count, "worker")} {(_refused.Count == 1 ? "was" : "were")} refused";
        return $"{said}{refused}, the last because: {_lastReason}";
    }
}
