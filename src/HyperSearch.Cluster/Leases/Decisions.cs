using HyperSearch.Planning;

namespace HyperSearch.Cluster.Leases;

/// <summary>What follows from one call of the <see cref="LeaseBook"/>: replies that leave now, and jobs that have ended.</summary>
internal sealed class Decisions
{
    /// <summary>Replies to send, each to the report that it answers.</summary>
    public List<Answer> Answers { get; } = [];

    /// <summary>Jobs that have ended, in order.</summary>
    public List<Arrival> Arrivals { get; } = [];
}

/// <summary>A reply and the report that it answers.</summary>
/// <param name="Worker">The worker process.</param>
/// <param name="Number">The number of its report.</param>
/// <param name="Reply">The reply.</param>
internal sealed record Answer(string Worker, long Number, Reply Reply);

/// <summary>A job that has ended.</summary>
/// <param name="Job">The job.</param>
/// <param name="Outcome">Its outcome as <see cref="JobForm"/> writes it; <c>null</c> when it has cost too many workers.</param>
/// <param name="Losses">How many workers were lost while they ran it.</param>
/// <param name="Worker">The process that brought it; <c>null</c> when none did.</param>
internal sealed record Arrival(Job Job, byte[]? Outcome, int Losses, string? Worker);
