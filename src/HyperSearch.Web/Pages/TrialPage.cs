using System.Globalization;
using HyperSearch.Plots.Report;

namespace HyperSearch.Web.Pages;

/// <summary>One trial: its point and why it was proposed, its curve among the best, its jobs, its log.</summary>
internal static class TrialPage
{
    /// <summary>The page without figures, which its script asks for.</summary>
    /// <param name="campaign">The campaign's name.</param>
    /// <param name="trial">The trial's number.</param>
    public static string Html(string campaign, int trial)
    {
        var html = PageShell.Begin(string.Create(CultureInfo.InvariantCulture, $"Trial {trial}"), ("/", "campaigns"),
            (PageShell.AddressOf(campaign), campaign)).Lead();
        html.Raw("<div class=\"tiles\" id=\"tiles\"></div>\n<div class=\"two\"><section>\n").Element("h2", "Its configuration")
            .Raw("<table class=\"plain\"><tbody id=\"point\"></tbody></table>\n</section><section>\n").Element("h2", "Why it was proposed")
            .Raw("<div id=\"why\"></div>\n</section></div>\n");
        html.Raw("<figure id=\"curves\" hidden>\n").Element("h3", "Its learning curve, and the five best behind")
            .Raw("<div class=\"bar\"><label>Metric <select id=\"metric\"></select></label></div>\n<div id=\"curve\" role=\"img\" "
                + "aria-label=\"The learning curve; the table of measurements below has the same values\"></div>\n<details><summary>As a "
                + "table</summary><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Measurements\"><table class=\"list\" "
                + "id=\"measured\"><thead><tr></tr></thead><tbody></tbody></table></div></details>\n</figure>\n");
        Section(html, "metrics", "Metrics at the end", "<table class=\"plain\"><tbody></tbody></table>");
        Section(html, "jobs", "Its jobs", "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Jobs\"><table class=\"list\">"
            + "<thead><tr></tr></thead><tbody></tbody></table></div>");
        Section(html, "log", "Its log", "<p class=\"muted\" id=\"logname\"></p><pre id=\"tail\" tabindex=\"0\" role=\"region\" "
            + "aria-label=\"The end of the log\"></pre>");
        return html.End("uPlot.js", "trial.js");
    }

    private static void Section(Html html, string id, string heading, string content) =>
        html.Raw($"<section id=\"{id}\" hidden>\n").Element("h2", heading).Raw(content).Raw("\n</section>\n");
}
