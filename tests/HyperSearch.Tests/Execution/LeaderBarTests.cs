using System.Collections.Immutable;
using CsCheck;
using HyperSearch.Hosting.Execution;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Execution;

public sealed class LeaderBarTests
{
    private static readonly Search Search = new()
    {
        Name = "leaders",
        Objective = new DelegateDefinition(),
        Space = new Space([new Parameter("x", new UniformScale(0, 1))]),
        Metric = "dev_error",
    };

    /// <summary>So what is kept of the leaders does not depend on the workers, nor on interruptions.</summary>
    [Fact]
    public void Admits_EveryTrialThatIsAmongTheBestAtTheEnd_InWhateverOrderTheyEnd() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 60], Gen.Int[0, 60], Gen.Int[0, int.MaxValue]).Sample((values, restart, shuffle) =>
        {
            var order = Enumerable.Range(0, values.Length).OrderBy(trial => HashCode.Combine(trial, shuffle)).ToArray();
            var (bar, admitted) = (new LeaderBar(Search, 5), new HashSet<int>());
            foreach (var (place, trial) in order.Index())
            {
                if (place == restart)
                    bar = new LeaderBar(Search, 5);
                if (bar.Admits(trial, Metrics(values[trial])))
                    admitted.Add(trial);
            }

            return Enumerable.Range(0, values.Length).OrderBy(trial => values[trial]).ThenBy(trial => trial).Take(5)
                .All(admitted.Contains);
        });

    [Fact]
    public void Admits_FewOfManyTrials()
    {
        var bar = new LeaderBar(Search, RowErrors.Leaders);
        var admitted = Enumerable.Range(0, 100_000).Count(trial => bar.Admits(trial, Metrics(trial * 7919L % 99_991)));
        Assert.InRange(admitted, RowErrors.Leaders, 15 * RowErrors.Leaders);
    }

    private static ImmutableSortedDictionary<string, double> Metrics(double value) =>
        ImmutableSortedDictionary<string, double>.Empty.Add("dev_error", value);
}
