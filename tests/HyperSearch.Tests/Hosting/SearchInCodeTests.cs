using HyperSearch.Hosting;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Hosting;

public sealed class SearchInCodeTests : IDisposable
{
    private static readonly Space Space = new(
    [
        new Parameter("x", new UniformScale(0, 1)),
        new Parameter("y", new LogScale(1e-4, 1)),
        new Parameter("units", new IntScale(1, 8)),
        new Parameter("kind", new ChoiceScale(["good", "bad"])),
    ]);

    private readonly Scratch _scratch = new();

    private static double Loss(RunningTrial trial) =>
        Loss(trial.GetDouble("x"), trial.GetDouble("y"), trial.GetInt("units"), trial.GetString("kind"));

    private static double Loss(double x, double y, int units, string kind) =>
        Math.Pow(x - 0.3, 2) + Math.Abs(Math.Log10(y) + 2) + (units == 3 ? 0 : 0.1) + (kind == "good" ? 0 : 1);

    private static async Task<double> Evaluate(RunningTrial trial, CancellationToken stop)
    {
        await Task.Yield();
        stop.ThrowIfCancellationRequested();
        return Loss(trial);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Minimize_FindsAGoodPointAndRanksTheTrials()
    {
        var result = await Search.MinimizeAsync(Space, Evaluate, new CampaignOptions { Trials = 80 },
            TestContext.Current.CancellationToken);
        Assert.Equal(80, result.Trials.Length);
        Assert.Equal(result.Trials.Min(trial => trial.Value), result.BestValue);
        Assert.Equal("good", result.BestPoint["kind"].ToString());
        Assert.True(result.BestValue < 0.2, $"{result.BestValue}");
        Assert.Equal("all 80 trials are done", result.Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task Maximize_IsMinimizeOfTheNegative()
    {
        var options = new CampaignOptions { Trials = 30 };
        var least = await Search.MinimizeAsync(Space, Evaluate, options, TestContext.Current.CancellationToken);
        var most = await Search.MaximizeAsync(Space, async (trial, stop) => -await Evaluate(trial, stop), options,
            TestContext.Current.CancellationToken);
        Assert.Equal(least.BestPoint, most.BestPoint);
        Assert.Equal(-least.BestValue, most.BestValue);
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_ContinuesACampaignThatIsKept()
    {
        var options = new CampaignOptions { Trials = 30, Workers = 1, Folder = Path.Combine(_scratch.Results, "kept") };
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var calls = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Search.MinimizeAsync(Space, async (trial, stop) =>
        {
            if (++calls == 12)
                await interrupt.CancelAsync();
            return await Evaluate(trial, stop);
        }, options, interrupt.Token));

        var rest = 0;
        var continued = await Search.MinimizeAsync(Space,
            (trial, _) => Task.FromResult(Loss(trial) + (0 * Interlocked.Increment(ref rest))), options,
            TestContext.Current.CancellationToken);
        var straight = await Search.MinimizeAsync(Space, Evaluate, options with { Folder = null }, TestContext.Current.CancellationToken);
        Assert.InRange(rest, 1, 29);
        Assert.Equal(straight.Trials.Select(trial => (trial.Number, trial.Value)),
            continued.Trials.Select(trial => (trial.Number, trial.Value)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_TellsTheFunctionToStop()
    {
        var told = 0;
        var result = await Search.MinimizeAsync(Space, async (trial, stop) =>
        {
            for (var epoch = trial.FromEpochs + 1; epoch <= trial.ToEpochs; epoch++)
            {
                await Task.Yield();
                if (!trial.Report(epoch, Loss(trial) + (1.0 / epoch)))
                {
                    Interlocked.Increment(ref told);
                    throw new OperationCanceledException("my way to leave");
                }
            }

            return Loss(trial) + (1.0 / trial.ToEpochs);
        }, new CampaignOptions { Trials = 40, Epochs = 9, Schedule = new MedianSchedule() }, TestContext.Current.CancellationToken);
        Assert.Equal(told, result.Trials.Count(trial => trial.State == OutcomeState.Stopped));
        Assert.True(told > 0);
        Assert.All(result.Trials.Where(trial => trial.State == OutcomeState.Completed),
            trial => Assert.Equal(Enumerable.Range(1, 9), trial.Curve.Epochs));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Minimize_RunsATrialAgainThatLeftAnInterruptionByAnExceptionOfItsOwn(bool waits)
    {
        var options = new CampaignOptions { Trials = 20, Workers = 2, Folder = Path.Combine(_scratch.Results, "left") };
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Search.MinimizeAsync(Space, async (trial, stop) =>
        {
            if (trial.Number < 6)
                return Loss(trial);
            await interrupt.CancelAsync();
            if (waits)
                Task.Delay(Timeout.Infinite, stop).Wait(CancellationToken.None); // throws an AggregateException
            stop.WaitHandle.WaitOne(); // of two trials that interrupt at once, the second returns before its token knows
            throw new InvalidOperationException("the server closed the connection");
        }, options, interrupt.Token));

        var continued = await Search.MinimizeAsync(Space, Evaluate, options, TestContext.Current.CancellationToken);
        Assert.All(continued.Trials, trial => Assert.Equal((OutcomeState.Completed, null), (trial.State, trial.Reason)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_SaysOfATrialThatRanTooLongWhateverItThrowsThen()
    {
        var options = new CampaignOptions { Trials = 2, Limits = new Limits { TrialTimeout = TimeSpan.FromMilliseconds(50) } };
        var result = await Search.MinimizeAsync(Space, (trial, stop) =>
        {
            stop.WaitHandle.WaitOne();
            throw new InvalidOperationException("the server closed the connection");
        }, options, TestContext.Current.CancellationToken);
        Assert.All(result.Trials, trial => Assert.Equal(OutcomeState.TimedOut, trial.State));
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_ReadsTheExceptionThatAWaitWrapped()
    {
        var attempts = 0;
        var result = await Search.MinimizeAsync(Space, (trial, stop) => trial.Number switch
        {
            0 => throw new AggregateException(new InvalidOperationException("no such thing")),
            1 when ++attempts == 1 => throw new AggregateException(new IOException("the disk was busy")),
            2 => throw new InvalidOperationException(""),
            3 => throw new InvalidOperationException(new string('x', 100_000)),
            _ => Task.FromResult(Loss(trial)),
        }, new CampaignOptions { Trials = 6 }, TestContext.Current.CancellationToken);
        var reasons = result.Trials.OrderBy(trial => trial.Number).Select(trial => trial.Reason).ToList();
        Assert.Equal(["no such thing", null, nameof(InvalidOperationException)], reasons[..3]);
        Assert.InRange(reasons[3]!.Length, 1000, 10_000);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public void Observers_AreNeverNull() =>
        Assert.Contains("An observer is null", Assert.Throws<ArgumentException>(() => new CampaignOptions { Observers = [null!] }).Message,
            StringComparison.Ordinal);

    [Fact(Timeout = 60_000)]
    public async Task Report_AfterTheFunctionHasReturnedSaysToStop()
    {
        RunningTrial? left = null;
        await Search.MinimizeAsync(Space, (trial, _) => Task.FromResult(Loss(left = trial)), new CampaignOptions { Trials = 1 },
            TestContext.Current.CancellationToken);
        Assert.False(left!.Report(1, 0.5));
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_SaysThatThisProgramRunsTheCampaignAlready()
    {
        var options = new CampaignOptions { Trials = 1, Folder = Path.Combine(_scratch.Results, "twice") };
        StoreException? refusal = null;
        await Search.MinimizeAsync(Space, async (trial, stop) =>
        {
            refusal = await Assert.ThrowsAsync<StoreException>(() => Search.MinimizeAsync(Space, Evaluate, options, stop));
            return Loss(trial);
        }, options, TestContext.Current.CancellationToken);
        Assert.Contains("\"twice\" is being run by this program, process", refusal?.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_WhereNothingCanBeKept_NamesTheOptionOfTheProgram()
    {
        var file = Path.Combine(_scratch.Results, "file");
        await File.WriteAllTextAsync(file, "no folder", TestContext.Current.CancellationToken);
        foreach (var folder in new[] { file, Path.Combine(file, "below") })
        {
            var refusal = await Assert.ThrowsAsync<StoreException>(() => Search.MinimizeAsync(Space, Evaluate,
                new CampaignOptions { Folder = folder }, TestContext.Current.CancellationToken));
            Assert.EndsWith(
                "Take another folder (CampaignOptions.Folder of a call, the folder of AddHyperSearch in a host).", refusal.Message,
                StringComparison.Ordinal);
            Assert.DoesNotContain("--", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_FailsTheTrialThatMetAnotherCampaignsStore()
    {
        var options = new CampaignOptions { Trials = 6, Folder = Path.Combine(_scratch.Results, "outer") };
        var nowhere = Path.Combine(_scratch.Results, "nowhere");
        var result = await Search.MinimizeAsync(Space, async (trial, stop) => trial.Number switch
        {
            1 => (await Search.MinimizeAsync(Space, Evaluate, options, stop)).BestValue, // the folder is in use
            2 => KeptCampaign.Read(nowhere).Trials.Length,
            3 => throw new StoreException("of the function's own"),
            _ => Loss(trial),
        }, options, TestContext.Current.CancellationToken);
        var trials = result.Trials.OrderBy(trial => trial.Number).ToList();
        Assert.All(trials[1..4], trial => Assert.Equal(OutcomeState.Failed, trial.State));
        Assert.Contains("is being run by this program", trials[1].Reason, StringComparison.Ordinal);
        Assert.Contains("There is no campaign in", trials[2].Reason, StringComparison.Ordinal);
        Assert.Equal("of the function's own", trials[3].Reason);
        Assert.Equal(3, trials.Count(trial => trial.Succeeded));
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_NeedsNothingOfTheThreadThatWaitsForIt()
    {
        var options = new CampaignOptions { Trials = 4, Folder = Path.Combine(_scratch.Results, "waited") };
        var found = new TaskCompletionSource<SearchResult>();
        new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new BusyContext());
            try
            {
                found.SetResult(Search.MinimizeAsync(Space, Evaluate, options, CancellationToken.None).GetAwaiter().GetResult());
            }
            catch (Exception exception)
            {
                found.SetException(exception);
                throw;
            }
        })
        { IsBackground = true }.Start();
        var result = await found.Task.WaitAsync(TimeSpan.FromSeconds(50), TestContext.Current.CancellationToken);
        Assert.Equal(4, result.Trials.Length);
    }

    /// <summary>The context of a thread that waits, so that what is posted to it never runs.</summary>
    private sealed class BusyContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }

    [Fact]
    public async Task Minimize_InterruptedBeforeAnyTrial_PromisesNoBest()
    {
        var interrupted = await Assert.ThrowsAsync<SearchInterruptedException>(() =>
            Search.MinimizeAsync(Space, Evaluate, stop: new CancellationToken(canceled: true)));
        Assert.Equal("The search was interrupted after 0 trials, and none has succeeded yet.", interrupted.Message);
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_KeepsTrialsThatFailOrDiverge()
    {
        var result = await Search.MinimizeAsync(Space, (trial, _) => trial.Number switch
        {
            1 => throw new InvalidOperationException("no such thing"),
            2 => Task.FromResult(double.NaN),
            _ => Task.FromResult(Loss(trial)),
        }, new CampaignOptions { Trials = 6 }, TestContext.Current.CancellationToken);
        Assert.Equal(OutcomeState.Failed, result.Trials.Single(trial => trial.Number == 1).State);
        Assert.Equal("no such thing", result.Trials.Single(trial => trial.Number == 1).Reason);
        Assert.Equal(OutcomeState.Diverged, result.Trials.Single(trial => trial.Number == 2).State);
        Assert.NotNull(result.Best);
    }

    [Fact]
    public void Options_RefuseWhatNoSearchCanHave()
    {
        Assert.Contains("Trials is at least 1.", Refusal(() => new CampaignOptions { Trials = 0 }), StringComparison.Ordinal);
        Assert.Contains("Workers is from 1 to 1024.", Refusal(() => new CampaignOptions { Workers = -1 }), StringComparison.Ordinal);
        Assert.Contains("Slots is at least 1.", Refusal(() => new SearchOptions { Slots = 0 }), StringComparison.Ordinal);
        Assert.Contains("Name a folder; null keeps nothing.", Assert.Throws<ArgumentException>(() =>
            new CampaignOptions { Folder = "" }).Message, StringComparison.Ordinal);
        Assert.Contains("Time is above zero", Refusal(() => new Limits { Time = TimeSpan.Zero }), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_ListsWhatDoesNotGoTogether()
    {
        var space = new Space([new Parameter("x y", new UniformScale(0, 1))]);
        var options = new CampaignOptions { Confirm = new Confirm { Top = 5, Repeats = 3, AtMost = 4 } };
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() =>
            Search.MinimizeAsync(space, Evaluate, options, TestContext.Current.CancellationToken));
        Assert.Contains("here 5 x 3 = 15. \"x y\" cannot be a parameter's name", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(refusal.Message, Assert.Throws<ArgumentException>(() => new AskAndTell(space, options)).Message);
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_GoesOnWithAConfigurationThatWasGivenInPart()
    {
        var options = new CampaignOptions
        {
            Trials = 2,
            Folder = Path.Combine(_scratch.Results, "part"),
            Enqueued = [new Point([new("x", 0.25)])],
        };
        var stop = TestContext.Current.CancellationToken;
        var first = await Search.MinimizeAsync(Space, Evaluate, options, stop);
        var whole = await Search.MinimizeAsync(Space, Evaluate, options with { Trials = 4 }, stop);
        Assert.Equal(4, whole.Trials.Length);
        var point = first.Trials.Single(trial => trial.Number == 0).Point;
        Assert.Equal(0.25, point["x"].Number);
        Assert.Equal(point, whole.Trials.Single(trial => trial.Number == 0).Point);
        Assert.Equal(point, KeptCampaign.Read(options.Folder).Trials.Single(trial => trial.Number == 0).Point);
    }

    [Fact]
    public void Enqueued_IsOfTheSpace()
    {
        var space = new Space(
            [new Parameter("a", new UniformScale(0, 1)), new Parameter("b", new UniformScale(0, 1)) { When = [new Condition("k", ["on"])] },
                new Parameter("k", new ChoiceScale("on", "off"))],
            [Constraint.Parse("a < 0.9")]);
        Assert.Contains("Enqueued[1]: the space has no parameter \"aa\". Did you mean \"a\"?",
            Refused(new Point([new("a", 0.1)]), new Point([new("aa", 0.1)])), StringComparison.Ordinal);
        Assert.Contains("Enqueued[0]: \"a\" cannot be 5: it is uniform [0, 1].", Refused(new Point([new("a", 5)])),
            StringComparison.Ordinal);
        Assert.Contains("Enqueued[0]: a=0.95 k=off breaks the constraint \"a < 0.9\".",
            Refused(new Point([new("a", 0.95), new("k", "off")])), StringComparison.Ordinal);
        var search = new AskAndTell(space, new SearchOptions { Enqueued = [new Point([new("a", 0.1), new("b", 0.2), new("k", "off")])] });
        Assert.Equal("a=0.1 k=off", search.Ask()!.Point.ToString()); // what plays no part is left out

        string Refused(params Point[] points) => Assert.Throws<ArgumentException>(() =>
            new AskAndTell(space, new SearchOptions { Enqueued = [.. points] })).Message;
    }

    private static string Refusal(Func<object> making) => Assert.Throws<ArgumentOutOfRangeException>(making).Message;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task AskAndTell_DecidesAsMinimizeDoesWhateverTheOrderOfResults(int slots)
    {
        var options = new CampaignOptions { Trials = 40, Slots = slots };
        var search = new AskAndTell(Space, options);
        var random = RandomStream.For(5, 0, "order");
        var jobs = new List<Job>();
        while (search.Ending is null)
        {
            while (search.Ask() is { } job)
                jobs.Add(job);
            var next = jobs[random.NextInt(jobs.Count)];
            jobs.Remove(next);
            search.Tell(next, Loss(next.Point["x"].Number, next.Point["y"].Number, (int)next.Point["units"].Number,
                next.Point["kind"].ToString()));
        }

        var direct = await Search.MinimizeAsync(Space, Evaluate, options, TestContext.Current.CancellationToken);
        Assert.Equal(direct.Trials.Select(trial => (trial.Number, trial.Value)),
            search.Ranking.Select(trial => (trial.Number, trial.Value)));
        Assert.Equal(direct.Reason, search.Ending);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Report_StopsAndPromotesAsMinimizeDoes(bool maximize)
    {
        foreach (var schedule in new ISchedule[] { new MedianSchedule(), new AshaSchedule(), new FreezeThawSchedule() })
        {
            var options = new CampaignOptions { Trials = 40, Epochs = 9, Schedule = schedule, Slots = 3 };
            var search = new AskAndTell(Space, options, maximize);
            var random = RandomStream.For(5, 0, "order");
            var jobs = new List<Job>();
            while (search.Ending is null)
            {
                while (search.Ask() is { } job)
                    jobs.Add(job);
                var next = jobs[random.NextInt(jobs.Count)];
                jobs.Remove(next);
                var loss = double.NaN;
                for (var epoch = next.FromEpochs + 1; epoch <= next.ToEpochs; epoch++)
                {
                    loss = At(next.Point, epoch);
                    if (!search.Report(next, epoch, loss))
                        break;
                }

                search.Tell(next, loss);
            }

            Func<RunningTrial, CancellationToken, Task<double>> evaluate = (trial, _) =>
            {
                var loss = double.NaN;
                for (var epoch = trial.FromEpochs + 1; epoch <= trial.ToEpochs; epoch++)
                {
                    loss = At(trial.Point, epoch);
                    if (!trial.Report(epoch, loss))
                        break;
                }

                return Task.FromResult(loss);
            };
            var stop = TestContext.Current.CancellationToken;
            var direct = maximize ? await Search.MaximizeAsync(Space, evaluate, options, stop)
                : await Search.MinimizeAsync(Space, evaluate, options, stop);
            Assert.Equal(
                direct.Trials.Select(trial => (trial.Number, trial.State, trial.Epochs, trial.Value, trial.Reason, trial.Curve)),
                search.Ranking.Select(trial => (trial.Number, trial.State, trial.Epochs, trial.Value, trial.Reason, trial.Curve)));
            Assert.Contains(direct.Trials, trial => trial.State == OutcomeState.Stopped);
            Assert.Contains(direct.Trials, trial => trial.State == OutcomeState.Diverged);
        }

        double At(Point point, int epoch) => point["x"].Number is var x && x > 0.9 ? double.NaN
            : (maximize ? -1 : 1) * (Math.Pow(x - 0.3, 2) + Math.Sin(40 * x) / epoch);
    }

    [Fact]
    public void Report_TakesEpochsForwardOfJobsThatAreOut()
    {
        var search = new AskAndTell(Space, new SearchOptions { Epochs = 5 });
        var job = search.Ask()!;
        Assert.True(search.Report(job, 2, 1));
        Assert.Contains("2 was reported last", Assert.Throws<ArgumentOutOfRangeException>(() => search.Report(job, 2, 1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Report(job, 6, 1));
        search.Tell(job, null);
        Assert.Equal((OutcomeState.Failed, 2), (search.Ranking[0].State, search.Ranking[0].Epochs));
        Assert.Throws<ArgumentException>(() => search.Report(job, 3, 1));
    }

    [Fact]
    public void Tell_RefusesAJobThatIsNotOut()
    {
        var search = new AskAndTell(Space);
        var job = search.Ask()!;
        search.Tell(job, 1);
        Assert.Throws<ArgumentException>(() => search.Tell(job, 1));
    }

    [Fact]
    public void Tell_RefusesAJobOfAnotherSearch()
    {
        var (one, other) = (new AskAndTell(Space), new AskAndTell(Space, new SearchOptions { Seed = 2 }));
        var (own, foreign) = (one.Ask()!, other.Ask()!);
        var refusal = Assert.Throws<ArgumentException>(() => one.Tell(foreign, 1));
        Assert.Contains("This job 0 is another search's, or a copy.", refusal.Message, StringComparison.Ordinal);
        one.Tell(own, 1); // it is still out
        Assert.Equal(own.Point, Assert.Single(one.Ranking).Point);
    }

    [Fact]
    public void AskAndTell_Relaxed_UsesEveryResultAtOnce()
    {
        var search = new AskAndTell(Space, new SearchOptions { Trials = 30, Slots = 4, Relaxed = true });
        var jobs = new List<Job>();
        while (search.Ask() is { } job)
            jobs.Add(job);
        Assert.Equal(4, jobs.Count);
        search.Tell(jobs[3], 1);
        Assert.NotNull(search.Ask()); // in logical order it waits for the first job
    }
}
