using HyperSearch.Hosting.Searches;

namespace HyperSearch.Tests.Searches;

public sealed class SearchEditTests
{
    private const string Text = """
        name: a   # why
        space:
          rate: {log: [1e-4, 1]}  # wide
          units: {int: [1, 9]}
        method: {sampler: random, trials: 9}
        limits:
          retries: 2
        """;

    [Theory]
    [InlineData("space.rate=0.01", "rate: {log: [1e-4, 1]}", "rate: 0.01", "{log: [1e-4, 1]}")]
    [InlineData("method.sampler=gp", "sampler: random", "sampler: gp", "random")]
    [InlineData("method.seed = 7", "trials: 9}", "trials: 9, seed: 7}", null)]
    [InlineData("limits.time=2m", "  retries: 2", "  time: 2m\n  retries: 2", null)]
    [InlineData("schedule.asha.factor=3", "name: a ", "schedule: {asha: {factor: 3}}\nname: a ", null)]
    [InlineData("limits={retries: 0}", "  retries: 2", "  {retries: 0}", "retries: 2")]
    [InlineData("name=b", "name: a ", "name: b ", "a")]
    public void Set_ChangesOneValueAndNothingElse(string assignment, string before, string after, string? was)
    {
        var (text, stood) = SearchEdit.Set(Text, assignment);
        Assert.Equal(Text.Replace(before, after, StringComparison.Ordinal), text);
        Assert.Equal(was, stood);
    }

    [Theory]
    [InlineData("space.rate", "KEY=VALUE")]
    [InlineData("=3", "KEY=VALUE")]
    [InlineData("name.x=3", "leads through name, which has no keys")]
    public void Set_RefusesWhatSetsNothing(string assignment, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<FormatException>(() => SearchEdit.Set(Text, assignment)).Message, StringComparison.Ordinal);
}
