using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;

namespace HyperSearch.Plots.Report;

/// <summary>The top of the page: the winner, the figure to quote, how sure it is, and what to do next.</summary>
internal static class WinnerSection
{
    public static void Write(Html html, CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        if (summary.Best is not { Value: { } value } best)
        {
            html.Element("p", summary.Nothing()?.Message ?? "There is no result yet.", "lead");
            return;
        }

        html.Raw("<div class=\"tiles\" id=\"winner\">\n");
        if (snapshot.Verdict is { } verdict && TestFigure(verdict, snapshot.Search.Metric) is var (name, test))
            Tile(html, Figures.Of(test, Metrics.IsShare(name)), Figures.Words(name), "the figure to quote", strong: true);
        if (best.Confirmed is { } confirmed)
            Tile(html, summary.Say(confirmed.Mean), "mean "
                + Figures.Words(summary.Metric), $"trial {best.Number} on {confirmed.Values.Length} fresh seeds"
                + (confirmed.StandardError is { } error ? $", ± {summary.Say(error)}" : ""));
        else
            Tile(html, summary.Say(value), "best " + Figures.Words(summary.Metric), $"trial {best.Number}" + string.Concat(
                snapshot.Search.Further.Where(goal => best.Metrics.ContainsKey(goal.Metric)).Select(goal =>
                    $", {Figures.Words(goal.Metric)} {Figures.Of(best.Metrics[goal.Metric], Metrics.IsShare(goal.Metric))}")));
        var noun = snapshot.Trials.Length == 1 ? "trial" : "trials";
        Tile(html, snapshot.Trials.Length.ToString(CultureInfo.InvariantCulture), noun, snapshot.Trials.Length < summary.Planned
            ? $"of {summary.Planned} planned" : State(snapshot.State));
        Tile(html, Figures.Duration(snapshot.ElapsedSeconds), "elapsed", summary.WithoutValue == 0 ? "every trial gave a value"
            : $"{Figures.Count(summary.WithoutValue, "trial")} without a value");
        html.Raw("</div>\n");
        html.Raw("<div class=\"two\"><section>\n");
        html.Element("h2", $"The winner: trial {best.Number}");
        html.Raw("<table class=\"plain\"><tbody>\n");
        foreach (var (parameter, chosen) in best.Point)
            html.Raw("<tr><th scope=\"row\">").Text(parameter).Raw("</th><td>").Text(NumberText.Rounded(chosen)).Raw("</td></tr>\n");
        html.Raw("</tbody></table>\n");
        WriteLineage(html, snapshot, best);
        html.Raw("</section><section>\n");
        html.Element("h2", "How sure is that?");
        foreach (var sentence in HowSure(summary, best))
            html.Element("p", sentence);
        html.Raw("</section></div>\n");
    }

    /// <summary>By which configurations its network was trained in turn; nothing for a trial that began from nothing.</summary>
    private static void WriteLineage(Html html, CampaignSnapshot snapshot, Trial best)
    {
        if (best.Past.IsEmpty)
            return;
        var changing = Lineage.Changing(snapshot.Search, best);
        html.Element("h3", "What its network was trained with");
        html.Raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Lineage\"><table class=\"plain lineage\"><thead><tr>");
        foreach (var name in changing.Insert(0, "trial").Insert(0, "epochs"))
            html.Raw("<th scope=\"col\">").Text(name).Raw("</th>");
        html.Raw("</tr></thead><tbody>\n");
        var from = 1;
        foreach (var stretch in Lineage.Of(best))
        {
            html.Raw("<tr><td>").Text(FormattableString.Invariant($"{from} to {stretch.ToEpochs}")).Raw("</td><td>")
                .Text(stretch.Trial.ToString(CultureInfo.InvariantCulture)).Raw("</td>");
            foreach (var name in changing)
                html.Raw("<td>").Text(stretch.Point.TryGetValue(name, out var value) ? Figures.Brief(value) : "-").Raw("</td>");
            html.Raw("</tr>\n");
            from = stretch.ToEpochs + 1;
        }

        html.Raw("</tbody></table></div>\n");
        html.Element("p", Lineage.Again(snapshot.Search, best)!);
    }

    public static IEnumerable<string> HowSure(CampaignSummary summary, Trial best)
    {
        var snapshot = summary.Snapshot;
        if (snapshot.Verdict is { } verdict && TestFigure(verdict, snapshot.Search.Metric) is var (name, test))
        {
            if (DevTestGap.Sentence(snapshot) is { } doubt)
                yield return doubt;
            var share = Metrics.IsShare(name);
            var origin = verdict.IsOnTestSet
                ? "comes from the test set, which no decision ever saw, and was measured once"
                : "is that of the ensemble on rows that were held out: each is judged by networks that it neither " +
                    "trained, chose nor stopped";
            yield return $"The {Figures.Words(name)} {Figures.Of(test, Metrics.IsShare(name))} {origin}"
                + (Uncertainty.Interval(verdict, name) is var (low, high)
                    ? $": on {Figures.Count(verdict.TestRows, "row")} its 95 % interval is {Figures.Of(low, share)} to "
                        + $"{Figures.Of(high, share)}." : ".")
                + (verdict.Baseline?.TryGetValue(name, out var baseline) == true
                    ? $" Always answering {verdict.BaselineAnswer} gives {Figures.Of(baseline, share)}." : "")
                + (verdict.Averaged is { } networks
                    ? $" It is that of {networks} networks of the winner, each from a seed of its own, which answer together." : "");
        }
        else
        {
            yield return summary.Valued.Count == 1
                ? "There is no test figure yet, and only one trial has a value: there is nothing to compare it with."
                : $"There is no test figure yet. The best {Figures.Words(summary.Metric)} is the luckiest of {summary.Valued.Count}, so "
                    + $"expect somewhat worse on new data.";
        }

        if (FrontPlace.Sentence(snapshot) is { } front)
            yield return front;
        foreach (var sentence in Uncertainty.Sentences(snapshot))
            yield return sentence;
        if (best.State != OutcomeState.Completed)
            yield return "No trial completed the full budget: the winner was stopped early.";
    }

    /// <summary>The search's own metric on the test set, else the error, else whatever there is.</summary>
    private static (string Name, double Value)? TestFigure(Verdict verdict, string metric)
    {
        var own = metric.IndexOf('_', StringComparison.Ordinal) is >= 0 and var cut ? metric[cut..] : metric;
        foreach (var (name, value) in verdict.TestMetrics
            .OrderBy(pair => !IsOf(pair.Key, own)).ThenBy(pair => !IsOf(pair.Key, "_error")))
            return (name, value);
        return null;

        static bool IsOf(string name, string figure) => name == "test" + figure || name == "held_out" + figure;
    }

    private static string State(CampaignState state) => state.ToString().ToLowerInvariant();

    private static void Tile(Html html, string figure, string name, string note, bool strong = false)
    {
        html.Raw(strong ? "<div class=\"tile strong\">" : "<div class=\"tile\">");
        html.Element("div", figure, "figure").Element("div", name, "name").Element("div", note, "note").Raw("</div>\n");
    }
}
