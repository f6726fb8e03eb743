namespace HyperSearch.Cluster.Leases;

/// <summary>
/// Everything that a worker process holds, in one message: whatever earlier messages were lost, this one tells the host where it stands.
/// </summary>
/// <param name="Worker">The process's name, new with each process.</param>
/// <param name="Number">Rises with each report of the process, so that a late one is known as late.</param>
/// <param name="Slots">How many jobs it runs at a time.</param>
/// <param name="Capacity">How many jobs it wants to hold, those fetched ahead among them.</param>
/// <param name="Held">The jobs in hand.</param>
/// <param name="Finished">The jobs whose outcome the host has not yet acknowledged.</param>
/// <param name="IsDraining">Whether the process is leaving: it takes nothing more, and what it does not hold goes to others.</param>
/// <param name="Wait">How long the host may keep the reply while there is nothing to say.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.Report")]
internal sealed record Report(
    [property: Id(0)] string Worker,
    [property: Id(1)] long Number,
    [property: Id(2)] int Slots,
    [property: Id(3)] int Capacity,
    [property: Id(4)] HeldJob[] Held,
    [property: Id(5)] FinishedJob[] Finished,
    [property: Id(6)] bool IsDraining,
    [property: Id(7)] TimeSpan Wait)
{
    /// <summary>The reason why the process is leaving, as the end of a sentence; <c>null</c> when it was told to.</summary>
    [Id(8)]
    public string? LeavesBecause { get; init; }

    /// <summary>The one report of a process that joined and finds that it cannot work here.</summary>
    public static Report OfLeaving(string worker, int slots, string reason) =>
        new(worker, 0, slots, 0, [], [], IsDraining: true, TimeSpan.Zero) { LeavesBecause = reason };
}

/// <summary>A job in a worker's hand.</summary>
/// <param name="Job">Its number.</param>
/// <param name="Identity">Its identity, because a number may mean another job after a restart of the host.</param>
/// <param name="Epoch">Epochs trained so far.</param>
/// <param name="Value">The metric that decides, at that epoch; <c>null</c> before the first report that has it.</param>
/// <param name="Slot">Which of the process's slots runs it, from 0; <c>null</c> while it waits there for one.</param>
/// <param name="IsStopping">Whether the process knows that the job is to stop.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.HeldJob")]
internal sealed record HeldJob(
    [property: Id(0)] int Job,
    [property: Id(1)] ulong Identity,
    [property: Id(2)] int Epoch,
    [property: Id(3)] double? Value = null,
    [property: Id(4)] int? Slot = null,
    [property: Id(5)] bool IsStopping = false);

/// <summary>A job that a worker has run to its outcome.</summary>
/// <param name="Job">Its number.</param>
/// <param name="Identity">Its identity.</param>
/// <param name="Outcome">
/// The outcome as <see cref="JobForm"/> writes it; <c>null</c> when this incarnation of the host has it and only the acknowledgement is
/// missing.
/// </param>
[GenerateSerializer, Immutable, Alias("hypersearch.FinishedJob")]
internal sealed record FinishedJob([property: Id(0)] int Job, [property: Id(1)] ulong Identity, [property: Id(2)] byte[]? Outcome);
