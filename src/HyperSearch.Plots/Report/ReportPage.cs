using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Plots.Report;

/// <summary>One self-contained HTML page about a campaign: the answer first, then the evidence.</summary>
/// <remarks>It loads nothing from anywhere, follows the reader's dark or light preference, and shows every name and text of the campaign as
/// text.</remarks>
public static class ReportPage
{
    private const int LargestSvg = 600_000;

    private const int MostMarks = 12_000;

    // Drawn by the page itself, where one can point at them.
    private static readonly ImmutableArray<string> Interactive = ["history", "parallel"];

    private static ImmutableArray<IPlot> Shown { get; } = [.. PlotKinds.All.Where(plot => !Interactive.Contains(plot.Kind))];

    /// <summary>The scripts of the page, of a live page too: in this order, in one scope.</summary>
    internal static ImmutableArray<string> Scripts { get; } = ["shared.js", "report.js", "table.js", "history.js", "axes.js"];

    /// <summary>Writes the page.</summary>
    /// <param name="snapshot">Finished or not.</param>
    /// <param name="context">Facts from outside the campaign.</param>
    public static string Html(CampaignSnapshot snapshot, ReportContext context)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(context);
        var summary = new CampaignSummary(snapshot);
        var html = new Html();
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
            + "content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", $"{snapshot.Name}: {summary.Headline}");
        html.Raw("<style>\n").Raw(SvgText.FontFaces).Raw("\n").Raw(Resource("uPlot.css"))
            .Raw(Resource("report.css")).Raw(PlotColors.RampStyle(":root[data-theme=dark]")).Raw("\n@media (prefers-color-scheme:dark){")
            .Raw(PlotColors.RampStyle(":root:not([data-theme=light])")).Raw("}\n</style>\n</head>\n<body>\n<main>\n<header>\n");
        html.Element("p", "HyperSearch campaign", "kicker").Element("h1", snapshot.Name).Element("p", Lead(summary), "lead");
        html.Raw("<button id=\"theme\" type=\"button\">Switch theme</button>\n</header>\n");
        Picture[] pictures = [.. Shown.Select(plot => plot.Draw(snapshot))];
        Contents(html, summary, pictures, context);
        WinnerSection.Write(html, summary);
        Advice(html, snapshot, context);
        if (summary.Best is not null)
            History(html, snapshot);
        Pictures(html, snapshot, pictures);
        if (!snapshot.Trials.IsEmpty)
            Table(html, summary.Metric);
        Provenance(html, snapshot, context);
        html.Raw("</main>\n<script type=\"application/json\" id=\"data\">").Raw(ReportData.Of(summary)).Raw("</script>\n<script>\n/*\n")
            .Raw(Resource("LICENSE")).Raw("\n*/\n").Raw(Resource("uPlot.js")).Raw("</script>\n<script>\n(() => {\n\"use strict\";\n");
        foreach (var script in Scripts)
            html.Raw(Resource(script));
        return html.Raw("})();\n</script>\n</body>\n</html>\n").ToString();
    }

    private static string Lead(CampaignSummary summary)
    {
        var ending = summary.Snapshot.State switch
        {
            CampaignState.Running => "It is still running.",
            CampaignState.Interrupted => "It was interrupted and can be resumed.",
            _ => summary.Snapshot.Ending is { Length: > 0 } why ? $"It is finished: {why}." : "It is finished.",
        };
        return $"{summary.Headline}. {ending}";
    }

    /// <summary>Links to the parts of a long page, which stay in sight.</summary>
    private static void Contents(Html html, CampaignSummary summary, Picture[] pictures, ReportContext context)
    {
        html.Raw("<nav aria-label=\"Contents\">");
        void Link(string target, string words) => html.Raw($"<a href=\"#{target}\">").Text(words).Raw("</a>");
        if (summary.Best is not null)
            Link("winner", "winner");
        if (!summary.Snapshot.Trials.IsEmpty)
            Link("diagnosis", "diagnosis");
        if (summary.Best is not null)
            Link("figure-history", "history");
        foreach (var (plot, _) in Shown.Zip(pictures).Where(pair => !pair.Second.Panels.IsEmpty))
            Link($"figure-{plot.Kind}", Figures.Words(plot.Kind));
        if (!summary.Snapshot.Trials.IsEmpty)
            Link("trials", "every trial");
        Link("reproduce", "reproduce");
        if (context.SearchFile is not null)
            Link("file", "search file");
        html.Raw("</nav>\n");
    }

    private static void Advice(Html html, CampaignSnapshot snapshot, ReportContext context)
    {
        if (snapshot.Trials.IsEmpty)
            return;
        var diagnosis = Diagnostician.Diagnose(snapshot, context.BaseError);
        html.Raw("<section id=\"diagnosis\">\n").Element("h2", "Diagnosis, and what to try next").Element("p", diagnosis.Summary);
        if (diagnosis.TooFew is { } tooFew)
            html.Element("p", tooFew);
        if (diagnosis.Next.IsEmpty && diagnosis.Edges.IsEmpty && diagnosis.Signals.IsEmpty)
        {
            html.Raw("</section>\n");
            return;
        }

        html.Raw("<ul>\n");
        foreach (var advice in diagnosis.Next)
            Item(html, advice.Text, advice.Lines);
        foreach (var edge in diagnosis.Edges)
            Item(html, edge.Sentence, edge.Advised is { } line ? [line] : []);
        foreach (var signals in diagnosis.Signals)
            Item(html, signals.Sentence, signals.Lines);

        html.Raw("</ul>\n</section>\n");
    }

    private static void Item(Html html, string text, IReadOnlyList<string> lines)
    {
        html.Raw("<li>").Text(text);
        if (lines.Count > 0)
            html.Raw("<pre>").Text(string.Join("\n", lines)).Raw("</pre>");
        html.Raw("</li>\n");
    }

    private static void Pictures(Html html, CampaignSnapshot snapshot, Picture[] pictures)
    {
        foreach (var (plot, picture) in Shown.Zip(pictures))
        {
            if (picture.Panels.IsEmpty)
                continue;
            html.Raw($"<figure id=\"figure-{plot.Kind}\">\n");
            var crowded = snapshot.Trials.Length * picture.Panels.Length > MostMarks;
            var svg = crowded ? "" : PictureRenderer.Svg(picture, standalone: false, prefix: plot.Kind);
            if (!crowded && svg.Length <= LargestSvg)
                html.Raw("<div class=\"plot\">").Raw(svg).Raw("</div>\n");
            else
                html.Raw("<img alt=\"").Text(picture.Title).Raw("\" src=\"data:image/png;base64,")
                    .Raw(Convert.ToBase64String(PictureRenderer.Png(picture, 1.5))).Raw("\">\n");
            Caption(html, picture, plot.Description);
            html.Raw("</figure>\n");
        }
    }

    private static void History(Html html, CampaignSnapshot snapshot)
    {
        var plot = new HistoryPlot();
        var picture = plot.Draw(snapshot);
        html.Raw("<figure id=\"figure-history\">\n")
            .Element("h3", picture.Title).Raw("<div id=\"key\" class=\"key\"></div>\n<div id=\"history\" role=\"img\" aria-label=\"")
            .Text(picture.Title).Raw("\"></div>\n");
        Caption(html, picture, plot.Description
            + " Point at a trial to see what it is, click it to find it in the table, drag to magnify and double-click to return.");
        html.Raw("</figure>\n");
    }

    private static void Caption(Html html, Picture picture, string description) =>
        html.Raw("<figcaption><span>").Text(picture.Caption).Raw("</span> ").Text(description)
            .Raw("<span class=\"tap\"> Tap a picture to enlarge it.</span></figcaption>\n");

    /// <summary>The parallel axes and the table: empty, because scripts fill them.</summary>
    internal static void Table(Html html, string metric)
    {
        html.Raw("<section id=\"trials\">\n").Element("h2", "Every trial");
        html.Element("p", "Drag along an axis to keep only the trials that pass there; double-click an axis to free it. By keyboard, up "
            + "and down move an end of an axis’s range, left and right go to the next one, Delete frees the axis. The filter takes words "
            + $"and comparisons, such as state=completed {metric}<0.05 origin=hop. A column's name sorts by it.");
        html.Raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Parallel axes\"><div class=\"parallel\">"
            + "<canvas id=\"axes\" height=\"400\" role=\"img\" aria-label=\"One line for each trial\"></canvas>"
            + "<div id=\"thumbs\" role=\"group\" aria-label=\"The range on each axis\"></div></div></div>\n"
            + "<div id=\"tip\" role=\"status\" hidden></div>\n");
        html.Raw("<div class=\"bar\"><label>Filter <input id=\"filter\" type=\"search\" spellcheck=\"false\"></label> <button "
            + "id=\"clear\" type=\"button\">Show all</button> <span id=\"count\" aria-live=\"polite\"></span></div>\n"
            + "<details id=\"columns\"><summary>Columns</summary><div></div></details>\n");
        html.Raw("<div id=\"scroll\" role=\"region\" aria-label=\"The ranked trials\" tabindex=\"0\"><table "
            + "id=\"rows\"><thead></thead><tbody></tbody></table></div>\n<noscript><p>The table needs JavaScript; hypersearch export "
            + "writes all trials as CSV.</p></noscript>\n</section>\n");
    }

    private static void Provenance(Html html, CampaignSnapshot snapshot, ReportContext context)
    {
        html.Raw("<section id=\"reproduce\">\n").Element("h2", "How to reproduce it");
        html.Element("p", snapshot.Search.Relaxed
            ? "This search ran in relaxed order, so another run need not propose the same trials."
            : snapshot.Search.AutoSlots
            ? "Its slots followed the workers, so another run proposes the same trials only when its slots are the same; resuming repeats "
                + "those of this campaign."
            : "A campaign is a function of its search file and its seed: run again, with any number of workers, it proposes the same "
                + "trials and gives the same values.");
        if (context.Reproduce is { } commands)
            html.Raw("<pre>").Text(commands).Raw("</pre>\n");
        html.Raw("<table class=\"plain\"><tbody>\n");
        var summary = new (string Name, string Value)[] { ("seed", snapshot.Search.Seed.ToString(CultureInfo.InvariantCulture)),
            ("slots", snapshot.SlotsSentence),
            ("metric", (snapshot.Search.Maximize ? "maximize " : "minimize ") + snapshot.Search.Metric) };
        if (snapshot.Search.ScheduleChoice is { } schedule)
            summary = [.. summary, ("schedule", schedule)];
        var set = snapshot.Settings.Select(setting => (Name: "set by the command line", Value: setting));
        if (!snapshot.Interventions.IsEmpty)
        {
            set = set.Append((Figures.Count(snapshot.Interventions.Length, "intervention") + " by hand",
                string.Join("; ", snapshot.Interventions)));
        }

        foreach (var (name, value) in summary.Concat(set).Concat(context.Environment))
            html.Raw("<tr><th scope=\"row\">").Text(name).Raw("</th><td>").Text(value).Raw("</td></tr>\n");
        if (context.Written is { } written)
            html.Raw("<tr><th scope=\"row\">page written</th><td>")
                .Text(written.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)).Raw("</td></tr>\n");
        html.Raw("</tbody></table>\n</section>\n");
        if (context.SearchFile is { } file)
            html.Raw("<section id=\"file\">\n").Element("h2", "The search file").Raw("<pre>").Text(file).Raw("</pre>\n</section>\n");
    }

    /// <summary>A script or style sheet of this assembly.</summary>
    internal static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
