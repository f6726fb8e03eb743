using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Samplers;

namespace HyperSearch.Tests.Spaces;

public sealed class ConstraintTests
{
    private static readonly Parameter[] Parameters =
    [
        new("units", new IntScale(16, 512)),
        new("layers", new IntScale(1, 6)),
        new("optimizer", new ChoiceScale("adam", "momentum")),
        new("nesterov", new ChoiceScale(true, false)) { When = [new Condition("optimizer", ["momentum"])] },
    ];

    [Theory]
    [InlineData("units * layers <= 1024", 512, 2, true)]
    [InlineData("units * layers <= 1024", 512, 3, false)]
    [InlineData("2 + 3 * 4 ^ 0.5 == 8", 16, 1, true)]
    [InlineData("-2 ^ 2 == -4 and 2 ^ 3 ^ 2 == 512", 16, 1, true)]
    [InlineData("1 < layers <= 3", 16, 1, false)]
    [InlineData("1 < layers <= 3", 16, 3, true)]
    [InlineData("not (layers == 2 or layers == 3)", 16, 2, false)]
    [InlineData("optimizer == 'adam'", 16, 1, true)]
    [InlineData("optimizer != \"adam\" or units > 100", 99, 1, false)]
    [InlineData("max(units, layers * 100) - min(units, 20, 30) == 180", 50, 2, true)]
    [InlineData("log2(units) == 5 and abs(-1.5e0) == 1.5 and sqrt(layers) == 2", 32, 4, true)]
    public void Holds_ReadsAsItIsWritten(string text, int units, int layers, bool holds) =>
        Assert.Equal(holds, Constraint.Parse(text)
            .Holds(new Point([new("units", units), new("layers", layers), new("optimizer", "adam")])));

    [Fact]
    public void Holds_WhereAParameterIsInactive() =>
        Assert.True(Constraint.Parse("nesterov == true").Holds(new Point([new("optimizer", "adam")])));

    [Theory]
    [InlineData("units * layers <", "Column 17: the constraint ends where a number, a parameter or a parenthesis should be.")]
    [InlineData("units = 3", "Column 7: \"=\" stands where an operator or the end should be. To compare write ==.")]
    [InlineData("units % 3", "Column 7: '%' has no meaning in a constraint.")]
    [InlineData("(units < 3", "Column 11: the constraint ends where \")\" should be.")]
    [InlineData("round(units) < 3", "Column 1: unknown function \"round\". Known: min, max, abs, sqrt, exp, log, log2, log10.")]
    [InlineData("sqrt(units, 2) < 3", "sqrt takes 1 operand, not 2.")]
    public void Parse_SaysWhereAndWhatWouldBeRight(string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => Constraint.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_RefusesABottomlessNest() =>
        Assert.Throws<FormatException>(() => Constraint.Parse(new string('(', 100_000)));

    [Theory]
    [InlineData("unit * layers < 3", "Did you mean \"units\"?")]
    [InlineData("optimizer == adam", "A word is written in quotes: \"'adam'\".")]
    [InlineData("units * layers", "neither true nor false")]
    [InlineData("optimizer * 2 < 3", "* takes numbers, not a word")]
    [InlineData("optimizer == 2", "a word on both sides")]
    [InlineData("units > 600", "Almost no point satisfies the constraints: 0 of 10000")]
    public void Space_RefusesAConstraintThatMakesNoSense(string text, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => new Space(Parameters, [Constraint.Parse(text)])).Message,
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(SamplerCoverageTests.Samplers), MemberType = typeof(SamplerCoverageTests))]
    public void EverySampler_KeepsToTheConstraints(Type type)
    {
        var sampler = (ISampler)Activator.CreateInstance(type)!;
        var space = new Space(Parameters,
            [Constraint.Parse("units * layers <= 512"), Constraint.Parse("optimizer == 'adam' or layers > 1")]);
        var game = new Game(sampler, space, point => -point["units"].Number * point["layers"].Number, slots: 4).Play(60);
        Assert.True(game.IsExhausted || game.Proposals.Count == 60);
        Assert.All(game.Proposals, proposal => Assert.True(space.Satisfies(proposal.Position.AsSpan())));
    }
}
