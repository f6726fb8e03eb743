using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Plots.Report;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Analysis;

namespace HyperSearch.Tests.Plots;

public sealed partial class ReportPageTests
{
    private const string Hostile = "<script>alert(1)</script>";

    [Fact]
    public void Html_ShowsHostileNamesAsText()
    {
        var space = new Space([new Parameter(Hostile, new ChoiceScale(Hostile, "</script><img src=x onerror=alert(2)>", "a & \"b\"")),
            new Parameter("x", new UniformScale(0, 1))]);
        var snapshot = Synthetic.Uniform(space, 30, u => u[1]) with { Name = Hostile, Ending = Hostile };
        var page = ReportPage.Html(snapshot,
            new ReportContext { SearchFile = "name: " + Hostile, Environment = [(Hostile, Hostile)], Reproduce = Hostile });
        Assert.Equal(3, Scripts().Count(page)); // the data, uPlot and the page's own
        using var data = JsonDocument.Parse(Data().Match(page).Groups[1].Value);
        Assert.Equal([Hostile, "x", "dev_error"], data.RootElement.GetProperty("axes").EnumerateArray()
            .Select(axis => axis.GetProperty("name").GetString()));
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_LoadsNothingFromAnywhere()
    {
        var page = ReportPage.Html(Synthetic.Digits(30), new ReportContext());
        var addresses = Addresses().Matches(page).Select(match => match.Value)
            .Distinct(); // two names of formats, and uPlot's home in its notice
        Assert.Equal(["http://www.w3.org/1999/xlink", "http://www.w3.org/2000/svg", "https://github.com/leeoniya/uPlot"],
            addresses.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Loads().Matches(page), match => !match.Groups[1].Value.StartsWith("data:", StringComparison.Ordinal)
            && !match.Groups[1].Value.StartsWith('#'));
        Assert.Contains("The MIT License (MIT)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_CaptionsEachPictureWithWhatItShowsOfThisCampaign()
    {
        var page = ReportPage.Html(Synthetic.Digits(120), new ReportContext());
        var captions = Captions().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(PlotKinds.All.Count(plot => !plot.Draw(Synthetic.Digits(120)).Panels.IsEmpty) - 1,
            captions.Length); // the parallel axes come with the table
        Assert.All(captions, caption => Assert.Matches(@"[0-9].*\.$", caption));
        Assert.Equal(captions.Distinct(), captions);
    }

    [Fact]
    public void Html_AnswersFirstWithTheFigureToQuote()
    {
        var snapshot = Synthetic.Digits(60);
        var best = Ranking.Best(snapshot)!;
        snapshot = snapshot with
        {
            Verdict = new Verdict(best.Number, ImmutableSortedDictionary<string, double>.Empty.Add("test_cost", 0.07)
            .Add("test_error", 7 / 360.0), 360)
        };
        var page = ReportPage.Html(snapshot, new ReportContext());
        var quote = page.IndexOf("the figure to quote", StringComparison.Ordinal);
        Assert.InRange(quote, 0, page.IndexOf("<figure ", StringComparison.Ordinal));
        Assert.Contains("1.94 %", page, StringComparison.Ordinal);
        Assert.Contains("95 % interval is 0.945 % to 3.96 %", page, StringComparison.Ordinal);
        Assert.Contains($"The winner: trial {best.Number}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_SaysTheScheduleThatAutoChose()
    {
        var snapshot = Synthetic.Digits(30);
        Assert.DoesNotContain("auto chose", ReportPage.Html(snapshot, new ReportContext()), StringComparison.Ordinal);
        var auto = snapshot with { Search = snapshot.Search with { Schedule = new AutoSchedule() } };
        Assert.Contains($"<tr><th scope=\"row\">schedule</th><td>{auto.Search.ScheduleChoice}</td></tr>",
            ReportPage.Html(auto, new ReportContext()), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_CarriesEveryTrialForTheTable()
    {
        var snapshot = Synthetic.Digits(120);
        using var data = JsonDocument.Parse(Data().Match(ReportPage.Html(snapshot, new ReportContext())).Groups[1].Value);
        var rows = data.RootElement.GetProperty("rows");
        Assert.Equal(120, rows.GetArrayLength());
        Assert.Equal(Ranking.Rank(snapshot.Trials, false).Select(entry => entry.Trial.Number), rows.EnumerateArray()
            .Select(row => row[1].GetInt32()));
        var cells = 7 + 9 + data.RootElement.GetProperty("metrics").GetArrayLength()
            + 2; // summary, parameters, metrics, reason and positions
        Assert.All(rows.EnumerateArray(), row => Assert.Equal(cells, row.GetArrayLength()));
    }

    [Fact]
    public void Html_NamesNothingTwice()
    {
        var page = ReportPage.Html(Synthetic.Digits(30), new ReportContext());
        var names = Names().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Html_OfNothingAndOfFailuresSaysSo()
    {
        Assert.Contains("No trial has ended yet.", ReportPage.Html(Synthetic.Of(Synthetic.DigitsSpace, []), new ReportContext()),
            StringComparison.Ordinal);
        var failed = Synthetic.Of(Synthetic.DigitsSpace, [Synthetic.Done(0, Synthetic.Digits(1).Trials[0].Point, 0, OutcomeState.Failed)]);
        Assert.Contains("The one trial has no value: 1 failed.", ReportPage.Html(failed, new ReportContext()), StringComparison.Ordinal);
    }

    [Fact]
    public void Svg_KeepsNumbersInTextWhole() =>
        Assert.Contains("0.0001", PictureRenderer.Svg(new PlanePlot { X = "learning_rate", Y = "momentum" }.Draw(Synthetic.Digits(20))),
            StringComparison.Ordinal);

    [GeneratedRegex(@"(?:src|href|url|action)=""?([^""\s>]+)")]
    private static partial Regex Loads();

    [GeneratedRegex("<figcaption><span>(.*?)</span>")]
    private static partial Regex Captions();

    [GeneratedRegex("<script")]
    private static partial Regex Scripts();

    [GeneratedRegex(@"https?://[^""'\s)<]+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"id=""data"">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex(@"<[^>]* id=""([^""]+)""")]
    private static partial Regex Names();
}
