using HyperSearch.Hosting.Searches;

namespace HyperSearch.Tests.Searches;

public sealed class SearchDescriptionTests
{
    [Fact]
    public void ToString_ShowsScalesRangesValuesAndConditions() => Assert.Equal(
        """
        learning_rate  log [0.0001, 1]                   every decade equally likely
        hidden_units   log_int [16, 256]                 241 values; every decade equally likely
        optimizer      choice [momentum, rmsprop, adam]  3 values
        adam_epsilon   log [1e-10, 1e-6]                 every decade equally likely; when optimizer is adam
        activation     fixed relu
        the space is continuous
        """, SearchDescription.Of(Yaml.Parse(Yaml.Good)).ToString());

    [Fact]
    public void Of_CountsTheConfigurationsOfAGrid() => Assert.Equal(9, SearchDescription.Of(Yaml.Parse(
        "objective: {command: [x]}\nminimize: y\nspace: {a: {int: [1, 3]}, b: {choice: [p, q, r]}, c: 1}\nmethod: " +
        "{sampler: random}")).GridPoints);

    [Theory]
    [InlineData("auto", "", "auto chose gp: with 100 trials over 1 parameter a model of the outcomes finds more")]
    [InlineData("auto", "schedule: asha",
        "auto chose multi_fidelity_gp: the schedule compares trials on 3 budgets, and one model learns from all of them")]
    [InlineData("random", "", null)]
    public void Of_SaysWhatAutoChoseAndWhy(string sampler, string schedule, string? choice) => Assert.Equal(choice,
        SearchDescription.Of(Yaml.Parse(
        $"objective: {{command: [x], epochs: 16}}\nminimize: y\nspace: {{a: {{uniform: [0, 1]}}}}\nmethod: {{sampler: " +
        $"{sampler}}}\n{schedule}")).Choice);

    /// <summary>"1 trial train side by side, and 0 or more give way" told nobody that nothing would be copied.</summary>
    [Theory]
    [InlineData("{population: 1}", "a population of 1 has nobody to copy; every trial trains to the end by its own configuration")]
    [InlineData("{population: 100}", "100 trials leave none for copies, so nobody gives way")]
    [InlineData("{step_epochs: 16}", "nothing is compared on the way")]
    [InlineData("{population: 99, step_epochs: 15}", "99 trials train side by side")]
    public void Of_SaysWhereNobodyOfAPopulationCanGiveWay(string options, string said) => Assert.StartsWith(said,
        SearchDescription.Of(Yaml.Parse("objective: {command: [x], epochs: 16}\nminimize: y\nspace: {a: {uniform: [0, 1]}}\n"
            + $"schedule: {{pbt: {options}}}")).Population!.Replace("step_epochs is the full budget, so ", "", StringComparison.Ordinal),
        StringComparison.Ordinal);

    [Fact]
    public void Of_NamesOptionsThatAreNotAtTheirDefaults() => Assert.Equal("coarse_to_fine {global_share: 0.1}",
        SearchDescription.Of(
            Yaml.Parse(Yaml.Changed("sampler: random", "sampler: {coarse_to_fine: {global_share: 0.1, hop_share: 0.8}}"))).Sampler);
}
