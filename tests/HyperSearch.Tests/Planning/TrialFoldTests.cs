using CsCheck;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Planning;

public sealed class TrialFoldTests
{
    /// <summary>Jobs in any order, some run again after later ones, repeats that may come before their trial, and copies of the trial
    /// before.</summary>
    private static Gen<Outcome[]> Outcomes { get; } =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 2], Gen.Int[0, 9], Gen.Bool).Array[0, 24].SelectMany(specs =>
            Gen.Shuffle(specs.Select((spec, job) => Any.Plain(job, spec.Item3) with
            {
                Trial = spec.Item1,
                Point = Any.Plain(spec.Item1).Point,
                Repeat = spec.Item4 ? 0 : spec.Item2,
                ToEpochs = spec.Item2 + 1,
                Origin = spec.Item1 is 2 or 3 or 5
                    ? new Origin(OriginKind.Copy) { Around = [spec.Item1 - 1] }
                    : new Origin(OriginKind.Global),
            }).ToArray()));

    [Fact]
    public void Of_InPiecesIsWhatItIsAtOnce() => Gen.Select(Outcomes, Gen.Int[0, 24], Gen.Int[0, 24]).Sample((outcomes, one, other) =>
    {
        var fold = new TrialFold(fullBudget: 3);
        foreach (var seen in new[] { Math.Min(one, other), Math.Max(one, other), 24 })
            fold.Of([.. outcomes.Take(seen)]);
        return Told(fold.Of(outcomes)).SequenceEqual(Told(Trial.Fold(outcomes, 3)));
    }, iter: 500);

    [Fact]
    public void Of_LeavesTheOtherTrialsAlone()
    {
        Outcome[] outcomes = [Any.Plain(0), Any.Plain(1), Any.Plain(2) with { Trial = 1 }];
        var fold = new TrialFold(fullBudget: 1);
        var before = fold.Of(outcomes[..2]);
        var after = fold.Of(outcomes);
        Assert.Same(before[0], after[0]);
        Assert.NotSame(before[1], after[1]);
        Assert.True(after == fold.Of(outcomes));
    }

    [Fact]
    public void Fold_TellsHowTheTrialWasProposedFirst()
    {
        var first = Any.Plain(0) with { Origin = new Origin(OriginKind.Model) { Decision = "new" } };
        var second = Any.Plain(1) with { Trial = 0, Origin = first.Origin with { Decision = "went on" }, Value = 0.25 };
        var trial = Assert.Single(Trial.Fold([first, second], 3));
        Assert.Equal(("new", 0.25), (trial.Origin.Decision, trial.Value));
    }

    private static IEnumerable<object> Told(IEnumerable<Trial> trials) => trials.Select(trial => (object)(
        (trial.Number, trial.State, trial.Value, trial.Epochs, trial.Seconds, trial.Reason, trial.Point, trial.Confirmed),
        string.Join(' ', trial.Jobs.Concat(trial.Repeats).Select(job => job.Job)), string.Join(' ', trial.Past)));
}
