using System.Globalization;
using HyperSearch.Planning;

namespace HyperSearch.Web.Pages;

/// <summary>One trial: its point and why it was proposed, its curve among the best, its jobs, its neighbours, its log.</summary>
internal static class TrialPage
{
    /// <summary>The page without figures, which its script asks for.</summary>
    /// <param name="now">The campaign.</param>
    /// <param name="trial">The trial's number.</param>
    public static string Html(CampaignSnapshot now, int trial)
    {
        var campaign = PageShell.AddressOf(now.Name);
        var html = PageShell.Begin(string.Create(CultureInfo.InvariantCulture, $"Trial {trial}"), ("/", "campaigns"), (campaign, now.Name))
            .Lead();
        html.Raw("""
            <div class="tiles" id="tiles"></div>
            <div class="bar" id="around" hidden></div>
            <div class="two">
            <section>
            <h2>Its configuration</h2>
            <table class="plain"><tbody id="point"></tbody></table>
            </section>
            <section>
            <h2>Why it was proposed</h2>
            <div id="why"></div>
            </section>
            </div>
            <section id="lineage" hidden>
            <h2>What its network was trained with</h2>
            <p class="muted">It went on from the checkpoint of another trial (pbt), so its own configuration alone does not give it
            again.</p>
            <div class="wide" tabindex="0" role="region" aria-label="Lineage">
            <table class="list"><thead><tr></tr></thead><tbody></tbody></table></div>
            </section>
            <figure id="curves" hidden>
            <h2>Its learning curve, and the five best behind</h2>
            <div class="bar picks"><label class="short">Metric <select id="metric"></select></label></div>
            <div id="curve" role="img" aria-label="The learning curve; the table below has the same values"></div>
            <figcaption>The strong line is this trial. Drag to magnify, double-click to return.
            <button type="button" class="small" id="png">PNG</button>
            <details class="behind"><summary>As a table</summary><div class="wide" tabindex="0" role="region" aria-label="Measurements">
            <table class="list" id="measured"><thead><tr></tr></thead><tbody></tbody></table></div></details>
            </figcaption>
            </figure>
            <section id="metrics" hidden>
            <h2>Metrics at the end</h2>
            <table class="plain"><tbody></tbody></table>
            </section>
            <section id="jobs" hidden>
            <h2>Its jobs</h2>
            <div class="wide" tabindex="0" role="region" aria-label="Jobs">
            <table class="list"><thead><tr></tr></thead><tbody></tbody></table></div>
            </section>
            <section id="rungs" hidden>
            <h2>Its way up the rungs</h2>
            <div class="wide" tabindex="0" role="region" aria-label="Rungs">
            <table class="list"><thead><tr></tr></thead><tbody></tbody></table></div>
            </section>
            <section id="signals" hidden>
            <h2>Signals in its hidden layers</h2>
            <p class="muted">The norms of activations on their way forward and of gradients on their way back, on the last mini-batch of an
            epoch: in a deep network they may vanish or explode from layer to layer.</p>
            <div class="wide" tabindex="0" role="region" aria-label="Signals">
            <table class="list named"><thead><tr></tr></thead><tbody></tbody></table></div>
            </section>
            <figure id="confusion" hidden>
            <h2>What the winner takes for what</h2>
            <div class="frame"></div>

            """);
        html.Raw("<figcaption><a href=\"").Text(campaign).Raw("/plots/confusion.svg\" download>SVG</a> <a href=\"").Text(campaign)
            .Raw("/plots/confusion.png\" download>PNG</a>\n").Raw("""
            <details class="behind"><summary>As a table</summary><div class="wide" tabindex="0" role="region" aria-label="Confusion">
            <table class="list named"><thead><tr></tr></thead><tbody></tbody></table></div></details>
            </figcaption>
            </figure>
            <section id="log" hidden>
            <h2>Its log</h2>
            <p class="muted" id="logname"></p>
            <pre id="tail" tabindex="0" role="region" aria-label="The end of the log"></pre>
            </section>
            <section id="neighbours" hidden>
            <h2>Neighbours in the space</h2>
            <p class="muted">The nearest trials: 0 is the same configuration, 1 the far end in everything. Each hyperparameter counts
            on its own scale; where it differs, it is strong.</p>
            <div class="wide" tabindex="0" role="region" aria-label="Neighbours">
            <table class="list"><thead><tr></tr></thead><tbody></tbody></table></div>
            </section>
            <section id="neighbour">
            <h2>Run a neighbour</h2>
            <p id="moved" aria-live="polite"></p>
            <div id="steering" hidden>
            <div class="bar"><button type="button" id="move">Another small move</button></div>

            """).Enqueue(now.Search.Space).Raw("""
            </div>
            <p id="said" role="status"></p>
            </section>

            """);
        return html.End("uPlot.js", "trial.js");
    }
}
