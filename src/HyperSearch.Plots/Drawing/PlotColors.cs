using HyperSearch.Samplers;
using ScottPlot;

namespace HyperSearch.Plots.Drawing;

/// <summary>The few colours of every picture. Ink to Paper occur nowhere else, so that a web page can exchange them in the dark.</summary>
internal static class PlotColors
{
    public static readonly Color Ink = Color.FromHex("#1E2A36");
    public static readonly Color Muted = Color.FromHex("#5D6B7A");
    public static readonly Color Axis = Color.FromHex("#B4BEC9");
    public static readonly Color Grid = Color.FromHex("#E8ECF1");
    public static readonly Color Paper = Color.FromHex("#FFFFFF");

    public static readonly Color Best = Color.FromHex("#C8324A");
    public static readonly Color Global = Color.FromHex("#8494A7");
    public static readonly Color Hop = Color.FromHex("#C47D0E");
    public static readonly Color Box = Color.FromHex("#1C8C86");
    public static readonly Color Model = Color.FromHex("#6F5CB8");
    public static readonly Color Enqueued = Color.FromHex("#3B77B0");

    /// <summary>For lines that must be told apart.</summary>
    public static readonly Color[] Series = [Best, Color.FromHex("#2F72B0"), Hop, Box, Model, Color.FromHex("#8C6B4F"),
        Color.FromHex("#CC6FA4"), Color.FromHex("#6B8E23")];

    private static readonly Color[] Stops = Color.FromHex(["#F7F1DC", "#CFE3C4", "#86C5B5", "#3E95A5", "#205F86", "#17335E"]);

    private static readonly Color Early = Color.FromHex("#CFDAE6");
    private static readonly Color Late = Color.FromHex("#0B3F6E");
    private static readonly Color DarkEarly = Color.FromHex("#33445A");
    private static readonly Color DarkLate = Color.FromHex("#A8D4FA");

    private const int RampSteps = 23;

    public static Color Of(OriginKind kind) => kind switch
    {
        OriginKind.Hop or OriginKind.Copy => Hop,
        OriginKind.Box => Box,
        OriginKind.Model => Model,
        OriginKind.Enqueued => Enqueued,
        _ => Global,
    };

    /// <summary>From pale at 0 to dark at 1, in 24 steps that a web page can exchange in the dark.</summary>
    public static Color Ramp(double share) =>
        Early.InterpolateRgb(Late, Math.Round(double.IsFinite(share) ? Math.Clamp(share, 0, 1) * RampSteps : 0) / RampSteps);

    /// <summary>CSS that turns the ramp around on a dark page: there late must be light.</summary>
    public static string RampStyle(string page) => string.Concat(Enumerable.Range(0, RampSteps + 1).Select(step =>
    {
        var (light, dark) = (Ramp(step / (double)RampSteps).ToStringRGB(), DarkEarly.InterpolateRgb(DarkLate, step / (double)RampSteps)
            .ToStringRGB());
        return $"{page} .plot [fill=\"{light}\"]{{fill:{dark}}}{page} .plot [stroke=\"{light}\"]{{stroke:{dark}}}";
    }));

    /// <summary>From warm and pale (bad, 0) over green to deep blue (good, 1): readable with any kind of colour vision, since lightness
    /// falls throughout.</summary>
    public static Color Landscape(double share)
    {
        var place = Math.Clamp(share, 0, 1) * (Stops.Length - 1);
        var stop = Math.Min((int)place, Stops.Length - 2);
        return Stops[stop].InterpolateRgb(Stops[stop + 1], place - stop);
    }

    public static Color[] LandscapeSamples { get; } = [.. Enumerable.Range(0, 8).Select(i => Landscape(i / 7.0))];

    public static Color[] RampSamples { get; } = [.. Enumerable.Range(0, 6).Select(i => Ramp(i / 5.0))];
}
