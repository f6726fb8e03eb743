using System.Collections.Immutable;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Execution;

/// <summary>The coming and going of worker processes.</summary>
internal sealed partial class Coordinator
{
    /// <inheritdoc/>
    public async Task DismissAsync()
    {
        lock (_gate)
            _state = State.Over;
        Decide(_book.Finish);
        LookWhetherEverybodyKnows();
        await _everybodyKnows.Task.WaitAsync(LongestDismissal, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public Task<Welcome> JoinAsync(Hello hello)
    {
        ArgumentNullException.ThrowIfNull(hello);
        lock (_gate)
        {
            if (_state is State.Over)
                return Task.FromResult(Welcome.Later(WelcomeKind.Over));
            if (_state is not State.Open || hello.Declined == _facts.Session)
                return Task.FromResult(Welcome.Later(WelcomeKind.NotYet));
            if (_facts.RefusalOf(hello) is { } refusal)
            {
                if (_vacancy.Refuse(hello.Worker, refusal))
                    Log.WorkerRefused(_logger, hello.Machine, hello.Process, refusal);
                return Task.FromResult(Welcome.Refused(refusal, _facts.Session));
            }

            return Task.FromResult(_facts.Welcome(Admit(hello), _rules.Beat));
        }
    }

    /// <summary>Takes a worker process in without asking what it has: the host's own threads have all that the host has.</summary>
    /// <returns>The number of its first worker.</returns>
    public int Admit(Hello hello)
    {
        lock (_gate)
        {
            var (member, isNew) = _members.Add(hello, Now);
            if (!isNew)
                return member.First;
            Changed?.Invoke(new WorkerJoined(
                _time.GetUtcNow(), hello.Worker, member.First, hello.Slots, hello.Machine, hello.Process, hello.Cores, LabelsOf(hello)));
            Log.WorkerJoined(_logger, hello.Machine, hello.Process, member.First, member.First + hello.Slots - 1);
            return member.First;
        }
    }

    /// <summary>A job in the hands of the host's own threads, which say at once how far it is.</summary>
    private JobInFlight Here(JobInFlight job) =>
        job with { Worker = _members.FirstOf(_own!.Name) + job.Worker, Place = Participant.Host };

    /// <summary>The jobs in the hands of another process, as it last said. A job that it got since runs in a slot that is free.</summary>
    private IEnumerable<JobInFlight> Elsewhere(IGrouping<string, Run> process)
    {
        if (_members[process.Key] is not { } member || process.Key == _own?.Name)
            yield break;
        var free = new Queue<int>(Enumerable.Range(0, member.Hello.Slots).Except(process.Select(run => run.Slot).OfType<int>()));
        foreach (var run in process)
        {
            if (run.Slot is null && free.Count == 0)
                continue; // fetched ahead
            yield return new JobInFlight(
                member.First + (run.Slot ?? free.Dequeue()), run.Lease.Job, Math.Max(run.Epoch, run.Lease.Job.FromEpochs), run.Value)
            {
                Place = Participant.NameOf(member.Hello.Machine, member.Hello.Process),
            };
        }
    }

    private void LookWhetherEverybodyKnows()
    {
        lock (_gate)
        {
            if (_state == State.Over && _members.All.All(member => member.KnowsEnd))
                _everybodyKnows.TrySetResult();
        }
    }

    private void Leave(Member member, string reason)
    {
        lock (_gate)
        {
            if (_members[member.Hello.Worker] is null)
                return;
            _members.Remove(member);
            Changed?.Invoke(new WorkerLeft(_time.GetUtcNow(), member.Hello.Worker, member.First, reason));
            Log.WorkerLeft(_logger, member.Hello.Machine, member.Hello.Process, reason);
            LookWhetherEverybodyKnows();
        }
    }

    private static ImmutableSortedDictionary<string, string> LabelsOf(Hello hello) => hello.Labels
        .Select(label => label.Split('=', 2))
        .ToImmutableSortedDictionary(parts => parts[0], parts => parts.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal);
}
