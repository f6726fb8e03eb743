namespace HyperSearch.Web.Pages;

/// <summary>All campaigns of the folder.</summary>
internal static class ListPage
{
    /// <summary>The page; a script fills it.</summary>
    public static string Html() => PageShell.Begin("Campaigns").Lead()
        .Raw("<section aria-label=\"Campaigns\">\n<div class=\"bar\"><label>Filter <input id=\"find\" type=\"search\" spellcheck=\"false\">"
            + "</label> <span id=\"found\" aria-live=\"polite\"></span></div>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
            + "aria-label=\"The campaigns\"><table id=\"campaigns\"><thead><tr></tr></thead><tbody></tbody></table></div>\n"
            + "<p id=\"none\" hidden></p>\n</section>\n")
        .End("list.js");
}
