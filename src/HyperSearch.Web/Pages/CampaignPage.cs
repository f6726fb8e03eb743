using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Plots.Report;

namespace HyperSearch.Web.Pages;

/// <summary>One campaign, live: the answer, what runs now, the history, the table, pictures, the diagnosis and the rounds.</summary>
internal static class CampaignPage
{
    /// <summary>Drawn by the page itself, where one can point at them.</summary>
    private static readonly ImmutableArray<string> Interactive = ["history", "parallel"];

    /// <summary>The page without figures, which its script gets as events.</summary>
    public static string Html(CampaignSnapshot now)
    {
        var html = PageShell.Begin(now.Name, ("/", "campaigns")).Lead();
        html.Raw("<nav aria-label=\"Contents\">");
        foreach (var (target, words) in Contents)
            html.Raw($"<a href=\"#{target}\">").Text(words).Raw("</a>");
        html.Raw("</nav>\n<div class=\"tiles\" id=\"tiles\"></div>\n<progress id=\"progress\" max=\"1\" value=\"0\" "
            + "aria-label=\"Trials that have ended\"></progress>\n");
        html.Raw("<section id=\"running\" hidden>\n").Element("h2", "Running now").Raw("<div id=\"cards\"></div>\n<p class=\"muted\" "
            + "id=\"against\"></p>\n");
        Steering(html, now.Search);
        html.Raw("</section>\n<section id=\"byhand\" hidden>\n").Element("h2", "Interventions by hand").Raw("<ul "
            + "id=\"interventions\"></ul>\n</section>\n");
        html.Raw("<div class=\"two\" id=\"answer\" hidden><section>\n").Raw("<h2 id=\"winner\">The best so far</h2>\n<table "
            + "class=\"plain\"><tbody id=\"point\"></tbody></table>\n</section><section>\n").Element("h2", "How sure is that?")
            .Raw("<div id=\"sure\"></div>\n</section></div>\n");
        html.Raw("<figure id=\"figure-history\">\n").Element("h3", "Every trial, and the best so far")
            .Raw("<div id=\"key\" class=\"key\"></div>\n<div id=\"history\" role=\"img\" aria-label=\"The value of every trial in the "
                + "order proposed; the table below has the same values\"></div>\n<figcaption>Point at a trial to see what it is, click it "
                + "to find it in the table, drag to magnify and double-click to return. Hollow points are trials under way, at the value "
                + "of their last epoch.</figcaption>\n</figure>\n");
        ReportPage.Table(html, now.Search.Metric);
        foreach (var plot in PlotKinds.All.Where(plot => !Interactive.Contains(plot.Kind)))
            Picture(html, now, plot);
        html.Raw("<section id=\"diagnosis\" hidden>\n").Element("h2", "Diagnosis, and what to try next")
            .Raw("<p id=\"diagnosed\"></p>\n<ul id=\"advice\"></ul>\n</section>\n");
        html.Raw("<section id=\"rounds\" hidden>\n").Element("h2", "Rounds, and why the search zoomed")
            .Raw("<p id=\"norounds\" hidden></p>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Rounds\"><table "
                + "class=\"list\" id=\"roundtable\"><thead><tr>");
        foreach (var column in (string[])["round", "trials", "zoom", "best", "began because"])
            html.Raw("<th scope=\"col\">").Text(column).Raw("</th>");
        return html.Raw("</tr></thead><tbody></tbody></table></div>\n</section>\n").End("uPlot.js", "campaign.js");
    }

    /// <summary>What a person can do to a campaign that runs; a form is made from the space.</summary>
    private static void Steering(Html html, Search search)
    {
        html.Raw("<div class=\"bar\" id=\"steering\">\n<button type=\"button\" id=\"pause\">Pause</button>\n<button type=\"button\" "
            + "id=\"stop\">Stop the campaign</button>\n<button type=\"button\" id=\"retry\">Retry failed trials</button>\n<form "
            + "id=\"more\"><label>Trials in all <input type=\"number\" name=\"trials\" min=\"1\" step=\"1\" required></label> <button "
            + "type=\"submit\">More trials</button></form>\n</div>\n<details><summary>Enqueue a configuration</summary>\n<form "
            + "id=\"enqueue\"><p>The next trial that starts has it. What is left empty is drawn from the space.</p>\n<div "
            + "class=\"fields\">\n");
        foreach (var parameter in search.Space.Searched)
        {
            html.Raw("<label>").Text(parameter.Name).Raw(" <span class=\"muted\">").Text(parameter.Scale.Describe())
                .Raw("</span><input type=\"text\" autocomplete=\"off\" name=\"").Text(parameter.Name).Raw("\"></label>\n");
        }

        html.Raw("</div>\n<button type=\"submit\">Enqueue</button></form>\n</details>\n<p id=\"said\" role=\"status\"></p>\n");
    }

    private static ImmutableArray<(string Target, string Words)> Contents { get; } =
    [
        ("running", "running now"), ("figure-history", "history"), ("trials", "every trial"), ("figure-slices", "pictures"),
        ("diagnosis", "diagnosis"), ("rounds", "rounds"),
    ];

    /// <summary>A picture that is asked for when it comes into sight, with its file to take away.</summary>
    private static void Picture(Html html, CampaignSnapshot now, IPlot plot)
    {
        var address = $"{PageShell.AddressOf(now.Name)}/plots/{plot.Kind}";
        html.Raw($"<figure class=\"picture\" id=\"figure-{plot.Kind}\" data-kind=\"{plot.Kind}\" data-alt=\"")
            .Text(Figures.Words(plot.Kind) + ": " + plot.Description).Raw("\">\n<div class=\"frame\"></div>\n<figcaption>")
            .Text(plot.Description).Raw(" <a href=\"").Text(address).Raw(".svg\" download>SVG</a> <a href=\"").Text(address)
            .Raw(".png\" download>PNG</a></figcaption>\n</figure>\n");
    }
}
