using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Planning;

public sealed class TrialFilterTests
{
    private static readonly Search Search = PlannerRun.Search() with
    {
        Space = new Space(
        [
            new Parameter("learning_rate", new LogScale(1e-4, 1)),
            new Parameter("optimizer", new ChoiceScale("adam", "rmsprop", "sgd")),
            new Parameter("adam_epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam"])] },
        ]),
    };

    private static readonly Trial[] Trials =
    [
        Of(0, OutcomeState.Completed, 0.5, 0.001, "adam"), Of(1, OutcomeState.Completed, 0.25, 0.1, "rmsprop"),
        Of(2, OutcomeState.TimedOut, null, 0.005, "adam"), Of(3, OutcomeState.Completed, 0.125, 0.5, "sgd"),
    ];

    [Theory]
    [InlineData("learning_rate < 0.01 and state = completed", "0")]
    [InlineData("learning_rate < 0.01", "0,2")]
    [InlineData("state == 'timed_out'", "2")]
    [InlineData("optimizer in (adam, sgd)", "0,2,3")]
    [InlineData("optimizer not in [adam, 'sgd']", "1")]
    [InlineData("not optimizer = adam", "1,3")]
    [InlineData("trial in (1, 3) or value > 0.4", "0,1,3")]
    [InlineData("adam_epsilon < 1 and epochs >= 1", "0,2")] // the others have no adam_epsilon
    [InlineData("not adam_epsilon < 1", "1,3")]
    [InlineData("0.001 < learning_rate <= 0.1", "1,2")]
    [InlineData("loss * 2 <= 0.5", "1,3")]
    [InlineData("origin != global", "")]
    [InlineData("seconds > 0", "")]
    public void Matches_SelectsTrials(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', Trials.Where(TrialFilter.Parse(text, Search).Matches).Select(trial => trial.Number)));

    [Theory]
    [InlineData("optimizer = adm", "optimizer is never \"adm\". Did you mean \"adam\"?")]
    [InlineData("state = complete", "Did you mean \"completed\"?")]
    [InlineData("learning_rate", "A condition compares")]
    [InlineData("learning_rate <", "the condition ends where")]
    [InlineData("optimizer < 3", "< takes numbers, not a word.")]
    [InlineData("learning_rat < 3", "There is no parameter, metric or field \"learning_rat\". Did you mean \"learning_rate\"?")]
    [InlineData("optimizer in adam", "\"adam\" stands where \"(\" should be.")]
    public void Parse_RefusesWhatItDoesNotKnow(string text, string sentence)
    {
        var refusal = Assert.Throws<FormatException>(() => TrialFilter.Parse(text, Search).RequireMetrics(["loss"]));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("constraint", refusal.Message, StringComparison.Ordinal);
    }

    private static Trial Of(int number, OutcomeState state, double? value, double rate, string optimizer) => new()
    {
        Number = number,
        Point = new Point(new Dictionary<string, ParameterValue> { ["learning_rate"] = rate, ["optimizer"] = optimizer }
            .Concat(optimizer == "adam" ? [new KeyValuePair<string, ParameterValue>("adam_epsilon", 1e-8)] : [])),
        Origin = new Origin(OriginKind.Global),
        State = state,
        Value = value,
        Epochs = 1,
        Metrics = value is { } loss
            ? ImmutableSortedDictionary<string, double>.Empty.Add("loss", loss)
            : ImmutableSortedDictionary<string, double>.Empty,
    };
}
