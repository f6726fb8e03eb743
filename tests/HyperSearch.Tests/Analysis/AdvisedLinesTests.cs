using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Spaces;
using HyperSearch.Tests.Searches;
using HyperSearch.Tests.Spaces;

namespace HyperSearch.Tests.Analysis;

/// <summary>Whatever line the program advises, the search file's reader takes it.</summary>
public sealed class AdvisedLinesTests
{
    /// <summary>Every kind of scale, at ends that are awkward to widen or to write.</summary>
    private static readonly Scale[] Scales =
    [
        new LogScale(1e-4, 1e-2), new LogScale(0.03, 7), new LogScale(1e-4, 1) { Factor = 10 }, new LogScale(10, 1000) { Step = 10 },
            new LogScale(1e-300, 1e-290),
        new OneMinusLogScale(0.9, 0.99), new OneMinusLogScale(0.9, 0.999999999), new OneMinusLogScale(0, 0.5),
        new LogIntScale(16, 300), new LogIntScale(3, 243) { Factor = 3 }, new LogIntScale(32, 512) { Step = 32 },
            new LogIntScale(1234567, 9876543),
        new PowerOfTwoScale(32, 512), new PowerOfTwoScale(2, 1L << 52),
        new IntScale(2, 9), new IntScale(-7, 8), new IntScale(1, 9) { Step = 2 }, new IntScale(1234567, 1234599),
        new UniformScale(0, 0.7), new UniformScale(-3, 5.5), new UniformScale(0.1, 0.9) { Step = 0.1 },
            new UniformScale(1234567.25, 1234568),
    ];

    [Fact]
    public void Scales_HoldEveryScaleOfNumbers() => Assert.Equal(
        typeof(Scale).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Scale)) && !type.IsAbstract)
            .Except([typeof(FixedScale), typeof(ChoiceScale)]).Select(type => type.Name).Order(),
        Scales.Select(scale => scale.GetType().Name).Distinct().Order());

    [Fact]
    public void Edges_AdviseLinesThatTheFileReads()
    {
        var ends = new HashSet<string>();
        foreach (var scale in Scales)
        {
            var space = new Space([new Parameter("a", scale) { Default = scale.At(0.5) },
                new Parameter("b", new ChoiceScale("yes", "no: 1", "true"))]);
            foreach (var high in new[] { false, true })
            {
                foreach (var line in Edges.Find(Synthetic.Uniform(space, 300, u => high ? 1 - u[0] : u[0])).Select(finding => finding.Line)
                    .OfType<string>())
                {
                    var wider = AdvisedLines.Read(line).Single();
                    Assert.True(high ? wider.Scale.At(1).Number > scale.At(1).Number
                        : wider.Scale.At(0).Number < scale.At(0).Number, $"{line} does not widen {scale.Describe()}");
                    Assert.Equal(scale.At(0.5), wider.Default);
                    ends.Add($"{scale.Describe()}, {(high ? "high" : "low")}");
                }
            }
        }

        var share = Assert.Single(Edges.Find(Synthetic.Uniform(new Space([new Parameter("keep_prob", new UniformScale(0.5, 1))]), 300, u =>
            1 - u[0])));
        Assert.Equal(new FixedScale(1), AdvisedLines.Read(share.Advised!).Single().Scale);
        Assert.EndsWith("dropout does not help here, so fix it there.", share.Sentence, StringComparison.Ordinal);
        var silent = string.Join(
            "; ", Scales.SelectMany(scale => new[] { $"{scale.Describe()}, low", $"{scale.Describe()}, high" }).Except(ends));
        // These ends are where their scales end: the next step would reach zero, or leave [0, 1].
        Assert.Equal(
            "log [10, 1000] step 10, low; one_minus_log [0, 0.5], low; log_int [32, 512] step 32, low; int [1, 9] step 2, low; "
            + "uniform [0, 0.7], low; uniform [0.1, 0.9] step 0.1, high",
            silent);
    }

    [Fact]
    public void IdleRanges_AdviseLinesThatTheFileReads()
    {
        var advised = new HashSet<Scale>();
        Scale[] idle = [.. Scales, new ChoiceScale("yes", "no: 1", "true", "#"), new ChoiceScale(true, false), new ChoiceScale(1.0, "1")];
        foreach (var scale in idle)
        {
            var space = new Space([new Parameter("x", new UniformScale(0, 1)), new Parameter("mode", new ChoiceScale("on", "off")),
                new Parameter("a", scale) { When = [new Condition("mode", ["on", "off"])] }]);
            foreach (var finding in IdleRanges.Find(Synthetic.Uniform(space, 200, u => Math.Abs(u[0] - 0.3)))
                .Where(finding => finding.Parameter == "a"))
            {
                var read = AdvisedLines.Read("mode: {choice: [on, off]}", finding.Line)[1];
                Assert.Equal(1, read.Scale.Count);
                Assert.True(scale.Contains(read.Scale.At(0)), $"{finding.Line} is not of {scale.Describe()}");
                Assert.Equal(2, Assert.Single(read.When).Accepted.Length);
                advised.Add(scale);
            }
        }

        Assert.Equal(idle.Length, advised.Count);
    }

    [Fact]
    public void Recipe_AdvisesLinesThatTheFileReads()
    {
        var read = new HashSet<Scale>();
        Scale[] own = [.. Scales, new FixedScale(64), new FixedScale("auto"), new ChoiceScale(16, 32)];
        foreach (var scale in own)
        {
            var space = new Space([new Parameter("hidden_units", scale), new Parameter("hidden_layers", scale), new Parameter("l2", scale),
                new Parameter("x", new UniformScale(0, 1))]);
            foreach (var (train, dev) in new[] { (0.2, 0.21), (0.01, 0.2), (0.15, 0.3) })
            {
                var trial = Synthetic.Done(0, space.At([.. space.Searched.Select(_ => 0.9)]), dev) with
                {
                    Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("train_error", train).Add("dev_error", dev),
                };
                foreach (var line in Diagnostician.Diagnose(Synthetic.Of(space, [trial])).Next.SelectMany(advice => advice.Lines))
                {
                    if (line == "objective: {epochs: 60}")
                        Assert.Equal(60, Yaml.Parse("objective: {command: [x], epochs: 60}\nminimize: loss\nspace: {x: " +
                            "{uniform: [0, 1]}}\n").Objective.Epochs);
                    else if (AdvisedLines.Read(line).Length > 0)
                        read.Add(scale);
                }
            }
        }
    }
}
