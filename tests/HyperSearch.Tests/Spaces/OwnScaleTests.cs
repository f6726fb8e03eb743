using System.Xml.Linq;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Searches;
using HyperSearch.Plots;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Analysis;

namespace HyperSearch.Tests.Spaces;

/// <summary>The recipe 'a scale', followed with a scale that the library has never heard of.</summary>
public sealed class OwnScaleTests
{
    private static readonly Space Space = new([new Parameter("patch", new SquaresScale(1, 30)),
        new Parameter("x", new UniformScale(0, 1))]);

    [Theory]
    [InlineData("random")]
    [InlineData("coarse_to_fine")]
    [InlineData("tpe")]
    public void EverySampler_DrawsFromIt(string sampler)
    {
        var search = Searched(sampler);
        Assert.All(search.Ranking, trial => Assert.True(Space.Parameters[0].Scale.Contains(trial.Point["patch"])));
        Assert.True(search.Ranking.Select(trial => trial.Point["patch"]).Distinct().Count() > 5);
    }

    [Fact]
    public void Edges_WidenItAndSayThatNoSearchFileCan()
    {
        var finding = Assert.Single(Edges.Find(Synthetic.Uniform(Space, 300, u => 1 - u[0] + 0.1 * Math.Abs(u[1] - 0.5))));
        Assert.Equal(("patch", "squares [1, 1225]", null), (finding.Parameter, finding.Wider, finding.Line));
    }

    [Fact]
    public void Plots_DrawItWithItsOwnTicks()
    {
        var svg = PictureRenderer.Svg(PlotKinds.Find("slices").Draw(Synthetic.Uniform(Space, 60, u => u[0] + u[1])), standalone: false);
        Assert.Contains("square-root scale", svg, StringComparison.Ordinal);
        Assert.Contains(XDocument.Parse(svg).Descendants(), element => element.Value.Trim().EndsWith('²'));
    }

    [Theory]
    [InlineData(3, 20, "values")]
    [InlineData(0, 5000, "knots")]
    public void SearchText_NamesItByItsValuesAndReadsThemBack(int first, int last, string key)
    {
        var space = new Space([new Parameter("patch", new SquaresScale(first, last)) { Default = first * first },
            new Parameter("x", new UniformScale(0, 1)) { When = [new Condition("patch", [last * last])] }]);
        var search = Synthetic.Of(space, []).Search;
        Assert.Null(SpaceText.Line(space.Parameters[0])); // no person can write it
        var text = SearchText.Of(search, "program");
        Assert.Contains($"patch: {{code: \"squares [{first * first}, {last * last}]\", {key}: [", text, StringComparison.Ordinal);
        var read = SearchFile.Parse(text, "search.yaml", "/");
        Assert.Empty(SearchDiff.Between(search, read));
        Assert.Equal(text, SearchText.Of(read, "program"));
        var (own, kept) = (space.Parameters[0].Scale, read.Space.Parameters[0].Scale);
        Assert.Equal((own.Count, own.Spread, own.IsCategorical), (kept.Count, kept.Spread, kept.IsCategorical));
        for (var u = 0.0; u <= 1; u += 1.0 / 256)
        {
            Assert.True(kept.Contains(own.At(u)));
            Assert.Equal(own.PositionOf(own.At(u)), kept.PositionOf(own.At(u)), key == "values" ? 1e-12 : 0.005);
        }
    }

    [Fact]
    public void SearchText_NamesAScaleOfWords()
    {
        var read = Kept(new ShoutedScale());
        Assert.Equal(["go", "run", "yes: \"no\"", "42"], Enumerable.Range(0, 4).Select(k => read.At((k + 0.5) / 4).ToString()));
        Assert.True(read.IsCategorical);
    }

    [Fact]
    public void SearchText_KeepsCellsOfUnequalSize()
    {
        var (own, read) = (new RareScale(), Kept(new RareScale()));
        for (var u = 0.0; u <= 1; u += 1.0 / 64)
            Assert.Equal(own.PositionOf(own.At(u)), read.PositionOf(own.At(u)));
    }

    [Theory]
    [InlineData("patch: {code: squares, values: [1, 4], positions: [0.5]}", "A scale in code has one position for each value")]
    [InlineData("patch: {code: squares, values: [1, 4], positions: [0.5, 0.5]}", "in ascending order")]
    [InlineData("patch: {code: squares, knots: [1, two]}", "expected a number")]
    [InlineData("patch: {code: squares}", "one of the keys values, knots is missing")]
    public void Parse_RefusesAScaleInCodeThatWasEdited(string line, string sentence)
    {
        var refusal = Assert.Throws<SearchFileException>(() => SearchFile.Parse(
            $"objective: {{code: program}}\nminimize: loss\nspace:\n  x: {{uniform: [0, 1]}}\n  {line}\n", "search.yaml", "/"));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    private static Scale Kept(Scale scale) => SearchFile.Parse(
        SearchText.Of(Synthetic.Of(new Space([new Parameter("own", scale)]), []).Search, "program"), "search.yaml", "/")
        .Space.Parameters[0].Scale;

    private static AskAndTell Searched(string sampler)
    {
        var search = new AskAndTell(Space, new SearchOptions { Sampler = Registered.Of<ISampler>()[sampler], Trials = 40 });
        while (search.Ask() is { } job)
            search.Tell(job, Math.Abs(job.Point["patch"].Number - 100) + job.Point["x"].Number);
        return search;
    }

    /// <summary>Words without an order, some of which YAML would read as something else.</summary>
    private sealed record ShoutedScale : Scale
    {
        private static readonly ParameterValue[] Words = ["go", "run", "yes: \"no\"", new("42")];

        public override long? Count => Words.Length;

        public override bool IsCategorical => true;

        public override ParameterValue At(double u) => Words[Math.Min(3, (int)(u * 4))];

        public override double PositionOf(ParameterValue value) => (Array.IndexOf(Words, value) + 0.5) / 4;

        public override bool Contains(ParameterValue value) => Words.Contains(value);

        public override string Describe() => "shouted";
    }

    /// <summary>Two numbers, the second of which has a hundredth of the cells.</summary>
    private sealed record RareScale : Scale
    {
        public override long? Count => 2;

        public override ParameterValue At(double u) => u < 0.99 ? 1 : 2;

        public override double PositionOf(ParameterValue value) => value == 1 ? 0.495 : 0.995;

        public override bool Contains(ParameterValue value) => value == 1 || value == 2;

        public override string Describe() => "rare";
    }
}
