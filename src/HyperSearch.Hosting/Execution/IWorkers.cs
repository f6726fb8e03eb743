using System.Collections.Immutable;
using System.Threading.Channels;
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

    /// <summary>
    /// Serves jobs until they are complete or the session is interrupted; then nothing is left running that can be ended.
    /// </summary>
    /// <param name="stop">Cancelled when the session is interrupted.</param>
    /// <exception cref="Exception">A worker itself failed, for instance because a checkpoint could not be written; a trial that fails is an
    /// outcome.</exception>
    Task RunAsync(CancellationToken stop);
}
