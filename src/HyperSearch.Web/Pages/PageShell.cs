using HyperSearch.Plots.Report;

namespace HyperSearch.Web.Pages;

/// <summary>What every page of the server begins and ends with; all text of a campaign is escaped by <see cref="Html"/>.</summary>
internal static class PageShell
{
    /// <summary>Begins a page, up to its heading.</summary>
    /// <param name="title">The title and the heading.</param>
    /// <param name="way">The pages above this one, from the outermost: address and name.</param>
    public static Html Begin(string title, params ReadOnlySpan<(string Address, string Name)> way)
    {
        var html = new Html();
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
            + "content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", $"{title} – HyperSearch");
        html.Raw("<link rel=\"icon\" href=\"/assets/icon.svg\">\n<link rel=\"stylesheet\" href=\"/assets/page.css\">\n"
            + "<script src=\"/assets/theme.js\"></script>\n</head>\n<body>\n<main>\n<header>\n<p class=\"kicker\">");
        if (way.IsEmpty)
            html.Text("HyperSearch");
        for (var step = 0; step < way.Length; step++)
        {
            html.Raw(step > 0 ? " › " : "").Raw("<a href=\"").Text(way[step].Address).Raw("\">").Text(way[step].Name).Raw("</a>");
        }

        return html.Raw("</p>\n").Element("h1", title);
    }

    /// <summary>The line under the heading, which a script fills, and the end of the header.</summary>
    public static Html Lead(this Html html) => html.Raw("""
        <p class="lead" id="lead"></p>
        <button id="theme" type="button">Switch theme</button>
        </header>
        <noscript><p class="warning">This page is drawn by a script, and scripts are switched off here. In a terminal,
        hypersearch list, status, rank and show tell the same.</p></noscript>
        <p id="trouble" role="alert" hidden></p>

        """);

    /// <summary>Ends a page with its scripts.</summary>
    public static string End(this Html html, params ReadOnlySpan<string> scripts)
    {
        html.Raw("</main>\n");
        foreach (var script in scripts)
            html.Raw($"<script src=\"/assets/{script}\"></script>\n");
        return html.Raw("</body>\n</html>\n").ToString();
    }

    /// <summary>The address of a campaign's page.</summary>
    public static string AddressOf(string campaign) => "/c/" + Uri.EscapeDataString(campaign);
}
