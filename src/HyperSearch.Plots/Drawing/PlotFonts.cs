using ScottPlot;
using SkiaSharp;

namespace HyperSearch.Plots.Drawing;

/// <summary>The shipped font, Inter in two weights, so that pictures are the same on every machine.</summary>
internal static class PlotFonts
{
    public const string Family = "Inter";

    private static readonly Lazy<(SKTypeface Regular, SKTypeface Bold)> Faces = new(Register);

    public static SKTypeface Regular => Faces.Value.Regular;

    public static SKTypeface Bold => Faces.Value.Bold;

    /// <summary>The shipped family, or where it lacks a character of the text (a class named in Chinese, say) the best that the machine
    /// has.</summary>
    public static string FamilyFor(string text) => Covers(text) ? Family : Fonts.Detect(text);

    public static SKTypeface FaceFor(string text, bool bold) =>
        Covers(text) ? bold ? Bold : Regular : Fonts.GetTypeface(Fonts.Detect(text), bold, italic: false);

    public static byte[] WebFont(string weight)
    {
        using var stream = Open($"Inter-{weight}.woff2");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static bool Covers(string text) => Regular.ContainsGlyphs(text);

    private static (SKTypeface Regular, SKTypeface Bold) Register()
    {
        var faces = (Regular: Load("Inter-Regular.otf"), Bold: Load("Inter-SemiBold.otf"));
        Fonts.FontResolvers.Insert(0, new Shipped(faces.Regular, faces.Bold));
        Fonts.Default = Family;
        Fonts.Sans = Family;
        return faces;
    }

    private static SKTypeface Load(string name)
    {
        using var stream = Open(name);
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }

    private static Stream Open(string name) =>
        typeof(PlotFonts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without its font {name}.");

    private sealed class Shipped(SKTypeface regular, SKTypeface bold) : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName == Family ? weight >= FontWeight.SemiBold ? bold : regular : null;

        public SKTypeface? CreateTypeface(string fontName, bool isBold, bool isItalic) =>
            fontName == Family ? isBold ? bold : regular : null;
    }
}
