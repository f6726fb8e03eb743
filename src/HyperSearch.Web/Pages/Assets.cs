using System.Text;
using HyperSearch.Plots.Drawing;
using HyperSearch.Plots.Report;

namespace HyperSearch.Web.Pages;

/// <summary>The scripts and the style of the pages: those of the report page, and what a page needs to live.</summary>
internal static class Assets
{
    private const string Icon = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><circle cx=\"8\" cy=\"8\" r=\"6\" "
        + "fill=\"none\" stroke=\"#c8324a\" stroke-width=\"3\"/></svg>";

    private static readonly Dictionary<string, (byte[] Bytes, string Type)> All = new(StringComparer.Ordinal)
    {
        ["uPlot.js"] = Script("/*\n" + ReportPage.Resource("LICENSE") + "\n*/\n" + ReportPage.Resource("uPlot.js")),
        ["theme.js"] = Script(Own("theme.js")),
        ["list.js"] = Script(InOneScope([ReportPage.Resource("shared.js"), Own("parts.js"), Own("notes.js"), Own("list.js")])),
        ["compare.js"] = Script(InOneScope([ReportPage.Resource("shared.js"), Own("parts.js"), Own("compare.js")])),
        ["campaign.js"] = Script(InOneScope([ReportPage.Resource("shared.js"), Own("parts.js"),
            .. ReportPage.Scripts.Skip(1).Select(ReportPage.Resource), Own("notes.js"), Own("enqueue.js"), Own("scatter.js"),
            Own("pictures.js"), Own("campaign.js")])),
        ["trial.js"] = Script(InOneScope([ReportPage.Resource("shared.js"), Own("parts.js"), Own("enqueue.js"), Own("trial.js")])),
        ["page.css"] = (Encoding.UTF8.GetBytes(SvgText.FontFaces + "\n" + ReportPage.Resource("uPlot.css")
            + ReportPage.Resource("report.css") + Own("page.css")), "text/css; charset=utf-8"),
        ["icon.svg"] = (Encoding.UTF8.GetBytes(Icon), "image/svg+xml"),
    };

    /// <summary>A file; <c>null</c> when there is none of that name.</summary>
    public static (byte[] Bytes, string Type)? Find(string name) => All.TryGetValue(name, out var found) ? found : null;

    private static (byte[], string) Script(string text) => (Encoding.UTF8.GetBytes(text), "text/javascript; charset=utf-8");

    private static string InOneScope(IEnumerable<string> scripts) => "(() => {\n\"use strict\";\n" + string.Concat(scripts) + "})();\n";

    private static string Own(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
