namespace HyperSearch.Web.Pages;

/// <summary>Campaigns side by side.</summary>
internal static class ComparePage
{
    /// <summary>The page; a script fills it from the address.</summary>
    public static string Html() => PageShell.Begin("Comparison", ("/", "campaigns")).Lead().Raw("""
        <p class="warning" id="warning" hidden></p>
        <section id="groups" hidden>
        <h2>Which is ahead</h2>
        <div id="pairs"></div>
        <div class="wide" tabindex="0" role="region" aria-label="The campaigns, the best first">
        <table class="list named" id="grouped"><thead><tr></tr></thead><tbody></tbody></table>
        </div>
        </section>
        <figure class="picture" id="figure-compared" hidden>
        <h2>The best so far of each</h2>
        <div class="frame"></div>
        <figcaption>Against the number of trials; the table above has where each ends.
        <a id="svg" href="#figure-compared" download>SVG</a> <a id="png" href="#figure-compared" download>PNG</a></figcaption>
        </figure>

        """).End("compare.js");
}
