using System.Net;
using System.Text;

namespace HyperSearch.Plots.Report;

/// <summary>Builds HTML in which text is always escaped: only <see cref="Raw"/> takes markup.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public Html Text(string text)
    {
        _text.Append(Escaped(text));
        return this;
    }

    /// <summary>An element around text.</summary>
    public Html Element(string tag, string text, string? cssClass = null)
    {
        _text.Append('<').Append(tag);
        if (cssClass is not null)
            _text.Append(" class=\"").Append(cssClass).Append('"');
        _text.Append('>').Append(Escaped(text)).Append("</").Append(tag).Append(">\n");
        return this;
    }

    public static string Escaped(string text) => WebUtility.HtmlEncode(text);

    public override string ToString() => _text.ToString();
}
