using CsCheck;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Campaigns;

public sealed class TrialPageTests
{
    private static readonly string?[] Conditions =
    [
        null, "rate < 0.5", "optimizer = adam and state = completed", "state = stopped", "trial in (0, 3, 5)", "loss < 0.5",
        "not value > 0.3", "epochs < 3 or origin = hop", "rate > 2",
    ];

    [Fact]
    public void ReadPage_GivesTheSameFromTheIndexTheJournalAndARunningCampaign()
    {
        using var scratch = new Scratch();
        var (number, fromIndex) = (0, 0);
        Gen.Select(Outcome.Array[0, 40], Gen.Int[0, Conditions.Length - 1].Select(i => Conditions[i]), Gen.Int[0, 3], Gen.Int[1, 6],
            Gen.Bool).Sample((drawn, where, skip, take, maximize) =>
            {
                var folder = scratch.Campaign($"c{number++}");
                Search Definition(CampaignFolder folder, CampaignCreated created) => Defined(maximize);
                var query = new TrialQuery { Where = where, Skip = skip, Take = take };
                List<string> running, journal, index;
                using (var store = CampaignStore.Open(folder, TimeProvider.System))
                {
                    store.Append([.. drawn.Select((outcome, job) => outcome with { Job = job, Trial = job })]);
                    running = Told(new Campaign(folder, Definition).ReadPage(query, 0));
                }

                journal = Told(new Campaign(folder, Definition).ReadPage(query, long.MaxValue));
                index = Told(new Campaign(folder, Definition).ReadPage(query, 0));
                fromIndex += HyperSearch.Hosting.Indexing.IndexQuery.Best(folder,
                    where is null ? null : TrialFilter.Parse(where, Defined(maximize)), skip, take, Defined(maximize)) is null ? 0 : 1;
                return running.SequenceEqual(journal) && index.SequenceEqual(journal);
            }, iter: 120, threads: 1, seed: "0000KOIKNDOX");
        Assert.True(fromIndex > 20, $"the index answered {fromIndex} of {number} questions only");
    }

    [Fact]
    public void ReadPage_OrdersByAMetricOrAParameter()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append([.. Enumerable.Range(0, 4)
                .Select(job => Made(job, 3, OutcomeState.Completed, job % 2, (3 - job) / 4.0, "adam") with { Job = job, Trial = job })]);
        Assert.Equal([3, 2, 1, 0], Numbers(new TrialQuery { OrderBy = "rate" }));
        Assert.Equal([0, 1], Numbers(new TrialQuery { OrderBy = "rate", Descending = true, Take = 2 }));
        Assert.Equal([0, 2, 1, 3], Numbers(new TrialQuery { OrderBy = "loss" }));
        Assert.Equal([2, 1], Numbers(new TrialQuery { OrderBy = "loss", Skip = 1, Take = 2 }));
        Assert.Contains("Did you mean \"rate\"?", Assert.Throws<FormatException>(() => Numbers(new TrialQuery { OrderBy = "rat" })).Message,
            StringComparison.Ordinal);
        Assert.Contains("Did you mean \"rate\"?",
            Assert.Throws<FormatException>(() => Numbers(new TrialQuery { Where = "rat < 1" })).Message, StringComparison.Ordinal);

        IEnumerable<int> Numbers(TrialQuery query) =>
            new Campaign(folder, (_, _) => Defined(maximize: false)).ReadPage(query, 0).Ranked.Select(entry => entry.Trial.Number);
    }

    /// <summary>Only those of the page were counted, so rank --top 3 told of a front of three.</summary>
    [Fact]
    public void ReadPage_CountsTheWholeFrontWhateverIsShown()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append([.. Enumerable.Range(0, 6)
                .Select(job => Made(job, 3, OutcomeState.Completed, job, 0.5, "adam") with { Job = job, Trial = job })
                .Select(outcome => outcome with { Metrics = outcome.Metrics.Add("size", outcome.Trial < 4 ? -outcome.Trial : 9) })]);
        var page = new Campaign(folder, (_, _) => Defined(maximize: false) with { Further = [new Goal("size")] })
            .ReadPage(new TrialQuery { Take = 2 }, 0);
        Assert.Equal((2, 4), (page.Ranked.Count, page.OnFront));
    }

    private static Gen<Outcome> Outcome { get; } = Gen.Select(
            Gen.Frequency((1, Gen.Int[1, 3]), (3, Gen.Const(3))),
            Gen.Frequency((3, Gen.Const(OutcomeState.Completed)), (1, Gen.Enum<OutcomeState>())), Gen.Int[0, 4], Gen.Double[0, 1],
            Gen.Bool.Select(adam => adam ? "adam" : "sgd"))
        .Select((to, state, value, rate, optimizer) => Made(0, to, state, value / 4.0, rate, optimizer));

    private static Outcome Made(int job, int to, OutcomeState state, double loss, double rate, string optimizer) => Any.Plain(job,
        state is OutcomeState.Completed or OutcomeState.Stopped ? loss : null, state) with
    {
        Point = new Point([new("rate", rate), new("optimizer", optimizer)]),
        ToEpochs = to,
        Epochs = to,
        Origin = new Origin(loss > 0.5 ? OriginKind.Hop : OriginKind.Global),
        Metrics = state is OutcomeState.Completed or OutcomeState.Stopped
                ? System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty.Add("loss", loss)
                : System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty,
    };

    private static Search Defined(bool maximize) => Definitions.Of(epochs: 3, maximize)(null!, null!) with
    {
        Space = new Space([new Parameter("rate", new UniformScale(0, 1)), new Parameter("optimizer", new ChoiceScale("adam", "sgd"))]),
    };

    private static List<string> Told(TrialPage page) =>
        [.. page.Ranked.Select(entry =>
            FormattableString.Invariant($"{entry.Rank} {entry.Trial.Number} {entry.Value:R} {entry.Trial.State}"))];
}
