using System.Collections.Immutable;
using System.Threading.Channels;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>The workers of one session: jobs go in, outcomes come out.</summary>
/// <remarks>
/// <para>A job gives exactly one outcome, whatever its objective does, and outcomes may come in any order: the logical clock puts them in
/// theirs.
/// A job that is interrupted gives none; a later session runs it again.</para>
/// <para>An implementation runs a job by <see cref="JobRunner"/>, so that retries, time limits and failures are the same wherever a worker
/// is. Its test class derives from <c>WorkersContract</c>.</para>
/// </remarks>
internal interface IWorkers
{
    /// <summary>Takes planned jobs; completed when no more follow.</summary>
    ChannelWriter<Job> Jobs { get; }

    /// <summary>Gives outcomes; completes when every worker has left, with the exception of a worker that failed.</summary>
    ChannelReader<Outcome> Outcomes { get; }

    /// <summary>The jobs in hand at this moment. Any thread may ask.</summary>
    ImmutableArray<JobInFlight> InFlight { get; }

    /// <summary>How many jobs can be in hand at this moment; workers on other machines come and go. Any thread may ask.</summary>
    int Count { get; }

    /// <summary>Raised, on any thread, when workers join or leave, with the event that the journal keeps.</summary>
    event Action<CampaignEvent>? Changed
    {
        add { }
        remove { }
    }

    /// <summary>
    /// Serves jobs until they are complete or the session is interrupted; then nothing is left running that can be ended.
    /// </summary>
    /// <param name="stop">Cancelled when the session is interrupted.</param>
    /// <exception cref="Exception">A worker itself failed, for instance because a checkpoint could not be written; a trial that fails is an
    /// outcome.</exception>
    Task RunAsync(CancellationToken stop);

    /// <summary>Ends a single job early: its outcome is <see cref="OutcomeState.Stopped"/>, with the value that it has there. The job may
    /// be in hand, wait, or be still to come; one that has ended is ignored. Any thread may ask.</summary>
    void Stop(StopOrder order);

    /// <summary>Whether jobs are held back. Any thread may ask.</summary>
    bool Paused { get; }

    /// <summary>Holds back the jobs that no worker has in hand, or lets them go. Any thread may ask.</summary>
    void Pause(bool paused);

    /// <summary>An outcome that came from here is on disk, so whoever brought it may forget it.</summary>
    void Acknowledge(Outcome outcome)
    {
    }

    /// <summary>The campaign has ended and no session of it needs workers any more, so those elsewhere may go home.</summary>
    Task DismissAsync() => Task.CompletedTask;
}
