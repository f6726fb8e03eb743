using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using HyperSearch.Hosting.Execution;
using HyperSearch.Planning;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Tests.Execution;

public sealed class CampaignLoopTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_TakesWorkersThatLeaveFirstForAnInterruption()
    {
        var search = PlannerRun.Search();
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var request = new CampaignRequest(search, new FunctionObjective(_ => 1),
            Session.Create(_scratch.Results, search))
        { Recruit = (_, _) => new HastyWorkers(interrupt) };
        var ending = await new CampaignSession(request, [], TimeProvider.System, NullLogger.Instance).RunAsync(interrupt.Token);
        Assert.Equal((false, "interrupted"), (ending.Finished, ending.Reason));
    }

    /// <summary>Workers that have closed their outcomes by the time that the reader hears of the interruption.</summary>
    private sealed class HastyWorkers(CancellationTokenSource interrupt) : IWorkers
    {
        public ChannelWriter<Job> Jobs { get; } = Channel.CreateUnbounded<Job>().Writer;

        public ChannelReader<Outcome> Outcomes { get; } = new Closed(interrupt);

        public ImmutableArray<JobInFlight> InFlight => [];

        public int Count => 1;

        public bool Paused => false;

        public void Stop(StopOrder order)
        {
        }

        public void Pause(bool paused)
        {
        }

        public Task RunAsync(CancellationToken stop) => Task.CompletedTask;

        private sealed class Closed(CancellationTokenSource interrupt) : ChannelReader<Outcome>
        {
            public override bool TryRead([MaybeNullWhen(false)] out Outcome item)
            {
                item = null;
                return false;
            }

            public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => new(false);

            public override ValueTask<Outcome> ReadAsync(CancellationToken cancellationToken = default)
            {
                interrupt.Cancel();
                throw new ChannelClosedException();
            }
        }
    }
}
