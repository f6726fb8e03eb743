namespace HyperSearch.Planning;

/// <summary>A process whose workers took part in a campaign that was open to other machines.</summary>
/// <param name="Name">The name for people: <c>host</c> for the threads of the campaign's own process, else machine/process.</param>
/// <param name="Slots">How many jobs it ran at a time.</param>
public sealed record Participant(string Name, int Slots)
{
    /// <summary>How many jobs it ended; 0 also where only the best trials were read.</summary>
    public int Jobs { get; init; }

    /// <summary>The reason why it left before the end; <c>null</c> when it did not.</summary>
    public string? Left { get; init; }

    /// <summary>What the host's own threads are called.</summary>
    internal const string Host = "host";

    /// <summary>What a process elsewhere is called: a machine may have several.</summary>
    internal static string NameOf(string machine, int process) => FormattableString.Invariant($"{machine}/{process}");
}

/// <summary>The worker that ran a job.</summary>
/// <param name="Participant">The process, by its place in the list of them.</param>
/// <param name="Slot">Which of its workers, from 0.</param>
internal readonly record struct WorkerPlace(int Participant, int Slot);
