using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HyperSearch.Plots.Drawing;

/// <summary>Makes the drawn SVG fit for other viewers: a view box to scale by, a title for screen readers, the font it needs.</summary>
internal static partial class SvgText
{
    public static string Finish(string svg, Picture picture, bool standalone, string prefix)
    {
        var start = svg.IndexOf("<svg", StringComparison.Ordinal);
        var end = svg.IndexOf('>', start);
        var head = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
        if (standalone)
            head.Append(CultureInfo.InvariantCulture, $" width=\"{picture.Width}\" height=\"{picture.Height}\"");
        head.Append(CultureInfo.InvariantCulture,
            $" viewBox=\"0 0 {picture.Width} {picture.Height}\" role=\"img\">\n<title>{Escaped(picture.Title)}</title>");
        if (standalone)
            head.Append("<style>").Append(FontFaces).Append("</style>");
        var body = Tags().Replace(svg[(end + 1)..], tag => FirstOfMany().Replace(LongDecimals().Replace(tag.Value, "$1"), " $1=\"$2\""));
        body = body.Replace($"<rect width=\"{picture.Width}\" height=\"{picture.Height}\"/>", "",
            StringComparison.Ordinal); // how the writer says 'clear'; a viewer would paint it black
        if (prefix.Length > 0) // so that two pictures on one page do not share names
            body = Names().Replace(body, match => match.Value + prefix + "-");
        return (standalone ? "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" : "") + head + body;
    }

    /// <summary>The shipped font for CSS.</summary>
    public static string FontFaces { get; } = Face("Inter", 400, "Regular") + Face("Inter", 600, "SemiBold")
        + Face("Inter Semi Bold", 600, "SemiBold");

    private static string Face(string family, int weight, string file) =>
        $"@font-face{{font-family:\"{family}\";font-weight:{weight};" +
        $"src:url(data:font/woff2;base64,{Convert.ToBase64String(PlotFonts.WebFont(file))}) format(\"woff2\")}}";

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    /// <summary>The writer places every letter; the first place is enough, and other viewers take the rest amiss.</summary>
    [GeneratedRegex(@" (x|y)=""([-\d.e]+),[^""]*""")]
    private static partial Regex FirstOfMany();

    [GeneratedRegex(@"(?<= )id=""|url\(#|href=""#")]
    private static partial Regex Names();

    [GeneratedRegex(@"(\d\.\d\d)\d+")]
    private static partial Regex LongDecimals();
}
