using System.Threading.Channels;
using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting.Execution;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster.Execution;

/// <summary>Worker threads of this process that get their jobs as leases, in this process's own campaign or from another machine.</summary>
/// <remarks>
/// The threads, retries, time limits and checkpoints are those of <see cref="LocalWorkers"/>. This class only talks: it says what is held
/// and does what the reply says; <see cref="LeaseHolder"/> decides.
/// </remarks>
/// <param name="name">The process's name.</param>
/// <param name="slots">How many jobs run at a time.</param>
/// <param name="workers">The threads, as many as slots.</param>
/// <param name="exchange">Sends a report and gives the reply; an exception is a lost reply.</param>
/// <param name="courier">Brings checkpoints; <c>null</c> where host and worker have the same folder.</param>
/// <param name="rules">How often to speak.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it logs.</param>
internal sealed partial class LeasedWorkers(
    string name, int slots, LocalWorkers workers, Func<Report, Task<Reply>> exchange, ICourier? courier, LeaseRules rules,
    TimeProvider time, ILogger logger)
{
    /// <summary>How long a leaving process tries to tell the host so.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5); // after a call that failed
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(1); // so long outcomes of short jobs gather

    private readonly Lock _gate = new();
    private readonly LeaseHolder _holder = new(name, slots);
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
    });

    private readonly Dictionary<int, LeasedJob> _granted = []; // every job in hand: on its way in, queued, running, or on its way out
    private readonly Dictionary<int, Task> _leaving = []; // by trial: the run of a job that was given up and has not left yet
    private readonly Queue<LeasedJob> _queue = [];
    private readonly HashSet<int> _running = [];
    private readonly TaskCompletionSource<LeaseEnding> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began = time.GetTimestamp();
    private TimeSpan _spoke;
    private TimeSpan? _lostSince; // the first of the calls in a row that failed
    private TimeSpan _notBefore;
    private int _calls;
    private bool _hasNews;
    private bool _hasReturned;

    /// <summary>How long calls may fail before the process gives up; a host that only has nothing to say is not lost. Default: for ever.
    /// </summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>
    /// Looks, after a trial has failed, whether trials can be run here at all: what is wrong, in a sentence; <c>null</c> when nothing is.
    /// Default: they always can.
    /// </summary>
    public Func<string?> FaultOfPlace { get; init; } = static () => null;

    /// <summary>What is wrong with this place, once trials cannot be run here any more.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether the host is this process: an outcome that it has is as good as kept.</summary>
    public bool HostIsHere { get; init; }

    /// <summary>How many jobs were run to their outcome.</summary>
    public int Done { get; private set; }

    /// <summary>The jobs in the hands of the threads at this moment.</summary>
    public IEnumerable<JobInFlight> InFlight => workers.InFlight;

    private TimeSpan Now => time.GetElapsedTime(_began);

    /// <summary>Serves until the campaign is over, the process is told to leave, or the host is lost.</summary>
    /// <param name="leave">Cancelled when the process is to leave: its jobs leave checkpoints and go back.</param>
    /// <exception cref="Exception">A worker thread itself failed, for instance because a checkpoint could not be written.</exception>
    public async Task<LeaseEnding> RunAsync(CancellationToken leave)
    {
        using var stop = new CancellationTokenSource();
        using var silence = new CancellationTokenSource();
        using var haste = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var told = leave.Register(() => _ended.TrySetResult(LeaseEnding.Left));
        var working = workers.RunAsync(stop.Token);
        var gathering = GatherAsync(haste.Token);
        var speaking = SpeakAsync(silence.Token);
        using (time.CreateTimer(_ => SendCheckpoints(), null, rules.CheckpointEvery / 6, rules.CheckpointEvery / 6))
        using (time.CreateTimer(_ => Wake(), null, TimeSpan.Zero, rules.Beat / 4))
        {
            await Task.WhenAny(_ended.Task, working); // the threads end by themselves only where one failed
            _ended.TrySetResult(LeaseEnding.Left);
            var ending = await _ended.Task;
            ReturnWaiting();
            haste.CancelAfter(Farewell); // a host that is gone takes no checkpoints
            await stop.CancelAsync();
            try
            {
                await working;
                await gathering;
            }
            finally
            {
                if (ending is LeaseEnding.Left or LeaseEnding.Unfit)
                    await SayFarewellAsync();
                await silence.CancelAsync();
                await speaking;
            }

            return ending;
        }
    }

    /// <summary>Ends service: there is another campaign now.</summary>
    public void End(LeaseEnding ending) => _ended.TrySetResult(ending);

    /// <summary>What waits here goes back; nothing more comes.</summary>
    private void ReturnWaiting()
    {
        lock (_gate)
        {
            _holder.IsDraining = true;
            foreach (var waiting in _granted.Values.Where(leased => !_running.Contains(leased.Job.Number)).ToList())
            {
                if (waiting.Outcome is not null)
                    continue; // on its way out
                _granted.Remove(waiting.Job.Number);
                _holder.Return(waiting.Job.Number);
            }

            _queue.Clear();
        }
    }

    private void Take(Report report, Reply reply)
    {
        var (begin, giveUp) = _holder.Take(report, reply);
        giveUp.ToList().ForEach(GiveUp);
        foreach (var granted in begin)
        {
            var leased = new LeasedJob(JobForm.ReadJob(granted.Form), granted.Identity);
            _granted[granted.Job] = leased;
            var leaving = _leaving.GetValueOrDefault(leased.Job.Trial);
            if (leaving is null && (courier is null || !granted.HasCheckpoint))
                _queue.Enqueue(leased);
            else
                _ = ReceiveAsync(leased, leaving ?? Task.CompletedTask, granted.HasCheckpoint);
        }

        foreach (var stopping in reply.Stopping)
            StopJob(stopping);
        Pump(); // a job that was stopped before it came begins with that order
        if (_holder.IsOver)
            _ended.TrySetResult(LeaseEnding.Over);
    }

    /// <summary>Gets a job ready that has to wait for files, or for an earlier run of the same trial to leave.</summary>
    private async Task ReceiveAsync(LeasedJob leased, Task leaving, bool hasCheckpoint)
    {
        await leaving;
        if (hasCheckpoint && courier is not null)
        {
            try
            {
                await courier.FetchAsync(leased.Job, CancellationToken.None);
            }
#pragma warning disable CA1031 // A checkpoint only saves time, and a script that cannot do without says so itself.
            catch (Exception failure)
#pragma warning restore CA1031 // End of the policy.
            {
                Log.CheckpointNotFetched(logger, leased.Job.Trial, failure.Message);
            }
        }

        lock (_gate)
        {
            if (_granted.GetValueOrDefault(leased.Job.Number) != leased)
                return; // given up meanwhile
            _queue.Enqueue(leased);
            Pump();
        }
    }

    private void Pump()
    {
        while (_running.Count < slots && _queue.TryDequeue(out var leased))
        {
            _running.Add(leased.Job.Number);
            leased.SendsNext = Now + rules.CheckpointEvery;
            workers.TryBegin(leased.Job);
        }
    }

    private void StopJob(StoppingJob stopping)
    {
        if (_granted.ContainsKey(stopping.Job))
            workers.Stop(new StopOrder(stopping.Job, stopping.Epoch, stopping.Reason));
    }

    private void GiveUp(int job)
    {
        if (!_granted.Remove(job, out var leased))
            return;
        if (!_running.Contains(job))
        {
            var others = _queue.Where(queued => queued != leased).ToList();
            _queue.Clear();
            others.ForEach(_queue.Enqueue);
            return;
        }

        _leaving[leased.Job.Trial] = LeaveAsync(leased);
    }

    private async Task LeaveAsync(LeasedJob leased)
    {
        var job = leased.Job;
        await leased.EndSendingAsync().ConfigureAwait(false);
        await workers.DropAsync(job.Number).ConfigureAwait(false);
        await Task.Yield();
        lock (_gate)
        {
            _running.Remove(job.Number);
            _leaving.Remove(job.Trial);
            Pump();
        }

        Wake();
    }

    /// <summary>A job in this process's hands.</summary>
    private sealed class LeasedJob(Job job, ulong identity)
    {
        public Job Job => job;

        public ulong Identity => identity;

        /// <summary>Its outcome, once it has one.</summary>
        public Outcome? Outcome { get; set; }

        /// <summary>When its checkpoint is next sent while it runs.</summary>
        public TimeSpan SendsNext { get; set; }

        /// <summary>Whether its checkpoint is on its way.</summary>
        public bool IsSending => _sending is { IsCompleted: false };

        private Task? _sending; // a job that lasts has one, and most do not last
        private Func<Task> _endSending = static () => Task.CompletedTask;

        /// <summary>Sends its checkpoint while it runs.</summary>
        public void BeginSending(Func<CancellationToken, Task> send)
        {
            var end = new CancellationTokenSource();
            (_sending, _endSending) = (send(end.Token), end.CancelAsync);
        }

        /// <summary>Gives up what is on its way: the job ends, and what it leaves is sent.</summary>
        public async Task EndSendingAsync()
        {
            await _endSending();
            await (_sending ?? Task.CompletedTask);
        }
    }
}
