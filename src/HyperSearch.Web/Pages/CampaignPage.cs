using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Plots.Report;

namespace HyperSearch.Web.Pages;

/// <summary>One campaign, live: the answer, what runs now, the history, the table, pictures, the diagnosis and the rounds.</summary>
internal static class CampaignPage
{
    /// <summary>Drawn by the page itself, where one can point at them.</summary>
    private static readonly ImmutableArray<string> Interactive = ["history", "parallel", "slices", "plane", "front"];

    private static ImmutableArray<(string Target, string Words)> Contents { get; } =
    [
        ("running", "running now"), ("figure-history", "history"), ("trials", "every trial"), ("figure-slices", "pictures"),
        ("diagnosis", "diagnosis"), ("rounds", "rounds"), ("commands", "workers and more"),
    ];

    /// <summary>The page without figures, which its script gets as events.</summary>
    public static string Html(CampaignSnapshot now)
    {
        var html = PageShell.Begin(now.Name, ("/", "campaigns")).Lead();
        html.Raw("<nav aria-label=\"Contents\">");
        foreach (var (target, words) in Contents)
            html.Raw($"<a href=\"#{target}\">").Text(words).Raw("</a>");
        html.Raw("""
            </nav>
            <div class="tiles" id="tiles"></div>
            <progress id="progress" max="1" value="0" aria-label="Trials that have ended"></progress>
            <p class="warning" id="nothing" hidden></p>
            <div class="noted" id="noted" hidden></div>

            """);
        Choices(html, now.Search);
        html.Raw("""
            <section id="running" hidden>
            <h2>Running now</h2>
            <div id="cards"></div>
            <p class="muted" id="against"></p>
            """);
        Steering(html, now.Search);
        html.Raw("""
            </section>
            <section id="byhand" hidden>
            <h2>Interventions by hand</h2>
            <ul id="interventions"></ul>
            </section>
            <div class="two" id="answer" hidden>
            <section>
            <h2 id="winner">The best so far</h2>
            <table class="plain"><tbody id="point"></tbody></table>
            </section>
            <section>
            <h2>How sure is that?</h2>
            <div id="sure"></div>
            </section>
            </div>

            """);
        Pictures(html, now);
        html.Raw("""
            <section id="diagnosis" hidden>
            <h2>Diagnosis, and what to try next</h2>
            <p id="diagnosed"></p>
            <ul id="advice"></ul>
            </section>
            <section id="rounds" hidden>
            <h2>Rounds, and why the search zoomed</h2>
            <p id="norounds" hidden></p>
            <div class="wide" tabindex="0" role="region" aria-label="Rounds">
            <table class="list" id="roundtable"><thead><tr></tr></thead><tbody></tbody></table>
            </div>
            </section>
            <section id="commands" hidden>
            <h2 id="commandhead">Workers</h2>
            <div class="wide" id="crew" tabindex="0" role="region" aria-label="Worker processes" hidden>
            <table class="list named" id="crewtable"><thead><tr></tr></thead><tbody></tbody></table>
            </div>
            <dl id="commandlist"></dl>
            </section>

            """);
        return html.Notes().End("uPlot.js", "campaign.js");
    }

    /// <summary>What auto chose for the schedule and the sampler, and why.</summary>
    private static void Choices(Html html, Search search)
    {
        var chosen = new[] { ("Schedule", search.ScheduleChoice), ("Sampler", SearchDescription.ChoiceOf(search)) };
        foreach (var (part, choice) in chosen.Where(static entry => entry.Item2 is not null))
            html.Raw("<p class=\"muted chosen\">").Text($"{part}: {choice}.").Raw("</p>\n");
    }

    /// <summary>What a person can do to a campaign that runs; a form is made from the space.</summary>
    private static void Steering(Html html, Search search) => html.Raw("""

        <div class="bar" id="steering">
        <button type="button" id="pause">Pause</button>
        <button type="button" id="stop">Stop the campaign</button>
        <button type="button" id="retry">Retry failed trials</button>
        <form id="more"><label>Trials in all <input type="number" name="trials" min="1" step="1" required></label>
        <button type="submit">More trials</button></form>
        </div>
        <details><summary>Enqueue a configuration</summary>

        """).Enqueue(search.Space).Raw("</details>\n<p id=\"said\" role=\"status\"></p>\n");

    private static void Pictures(Html html, CampaignSnapshot now)
    {
        html.Raw("""
            <figure id="figure-history">
            <h2>Every trial, and the best so far</h2>
            <div id="key" class="key"></div>
            <div id="history" role="img" aria-label="The value of every trial in the order proposed"></div>
            <figcaption>Point at a trial to see what it is, click to open it, drag to magnify and double-click to return; by keyboard,
            arrows and Enter. Hollow points are trials under way, at the value of their last epoch.
            """);
        Behind(html.Raw(" "), now, "history");
        ReportPage.Table(html, now.Search.Metric);
        if (!now.Search.Further.IsEmpty)
        {
            html.Raw("""
                <figure id="figure-front" hidden>
                <h2>The front</h2>
                <p class="finding" id="fronted"></p>
                <div id="front"></div>
                <figcaption>The first two goals of every trial that completed; the line joins the trials on the front.
                """);
            Behind(html.Raw(" "), now, "front");
        }

        html.Raw("""
            <figure id="figure-slices" hidden>
            <h2>Each hyperparameter on its own</h2>
            <div id="slices"></div>
            <figcaption>Where the good values of each hyperparameter lie, on its own scale. Point, click, drag and double-click as above.
            """);
        Behind(html.Raw(" "), now, "slices");
        html.Raw("""
            <figure id="figure-plane" hidden>
            <h2>Two hyperparameters together</h2>
            <div class="bar picks"><label class="short">Across <select id="plane-x"></select></label>
            <label class="short">Upward <select id="plane-y"></select></label></div>
            <div id="plane"></div>
            <figcaption>The better a trial, the larger its point; frames are the boxes from which trials were drawn, the
            latest the strongest.
            """);
        Behind(html.Raw(" "), now, "plane");
        foreach (var plot in PlotKinds.All.Where(plot => !Interactive.Contains(plot.Kind)))
        {
            html.Raw($"<figure class=\"picture\" id=\"figure-{plot.Kind}\" data-alt=\"").Text(Figures.Words(plot.Kind) + ": "
                + plot.Description).Raw("\">\n<p class=\"finding\"></p>\n<div class=\"frame\"></div>\n<figcaption>").Text(plot.Description);
            Behind(html.Raw(" "), now, plot.Kind);
        }
    }

    /// <summary>Ends a figure: its files to take away, and the table behind it.</summary>
    private static void Behind(Html html, CampaignSnapshot now, string kind)
    {
        var address = $"{PageShell.AddressOf(now.Name)}/plots/{kind}";
        html.Raw("<a href=\"").Text(address).Raw(".svg\" download>SVG</a> <a href=\"").Text(address).Raw($"""
            .png" download>PNG</a>
            <details class="behind" data-kind="{kind}"><summary>As a table</summary><p class="muted"></p>
            <div class="wide" tabindex="0" role="region" aria-label="{Figures.Words(kind)} as a table">
            <table class="list named"><thead><tr></tr></thead><tbody></tbody></table></div></details>
            </figcaption>
            </figure>

            """);
    }
}
