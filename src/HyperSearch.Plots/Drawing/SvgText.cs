using System.Text;
using System.Text.RegularExpressions;

namespace HyperSearch.Plots.Drawing;

/// <summary>Makes the drawn SVG fit for other viewers: a view box to scale by, a title for screen readers, the font it needs.</summary>
internal static partial class SvgText
{
    public static string Finish(string svg, Picture picture, bool standalone)
    {
        var start = svg.IndexOf("<svg", StringComparison.Ordinal);
        var end = svg.IndexOf('>', start);
        var head = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
        if (standalone)
            head.Append(System.Globalization.CultureInfo.InvariantCulture, $" width=\"{picture.Width}\" height=\"{picture.Height}\"");
        head.Append(System.Globalization.CultureInfo.InvariantCulture, $" viewBox=\"0 0 {picture.Width} {picture.Height}\" role=\"img\">\n<title>{Escaped(picture.Title)}</title>");
        if (standalone)
            head.Append("<style>").Append(FontFaces).Append("</style>");
        var body = svg[(end + 1)..];
        return (standalone ? "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" : "") + head + LongDecimals().Replace(body, "$1");
    }

    /// <summary>The shipped font for CSS.</summary>
    public static string FontFaces { get; } = Face("Inter", 400, "Regular") + Face("Inter", 600, "SemiBold") + Face("Inter Semi Bold", 600, "SemiBold");

    private static string Face(string family, int weight, string file) =>
        $"@font-face{{font-family:\"{family}\";font-weight:{weight};src:url(data:font/woff2;base64,{Convert.ToBase64String(PlotFonts.WebFont(file))}) format(\"woff2\")}}";

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    [GeneratedRegex(@"(\d\.\d\d)\d+")]
    private static partial Regex LongDecimals();
}
