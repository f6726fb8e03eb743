namespace HyperSearch.Web.Pages;

/// <summary>All campaigns of the folder.</summary>
internal static class ListPage
{
    /// <summary>The page; a script fills it.</summary>
    public static string Html() => PageShell.Begin("Campaigns").Lead().Raw("""
        <section aria-label="Campaigns">
        <div class="bar">
        <label>Filter <input id="find" type="search" spellcheck="false" autocomplete="off"></label>
        <label class="short">State <select id="state"><option value="">any</option></select></label>
        <label class="short">Tag <select id="tag"><option value="">any</option></select></label>
        <button id="clear" type="button">Show all</button>
        </div>
        <div class="bar">
        <span id="found" aria-live="polite"></span>
        <button id="compare" type="button" disabled>Compare</button>
        <span id="ticked" class="muted">Tick two or more to compare them.</span>
        </div>
        <div class="wide" tabindex="0" role="region" aria-label="The campaigns">
        <table id="campaigns"><thead><tr></tr></thead><tbody></tbody></table>
        </div>
        <p id="none" hidden></p>
        </section>

        """).Notes().End("list.js");
}
