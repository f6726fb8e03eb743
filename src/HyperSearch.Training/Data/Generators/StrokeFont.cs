using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Generators;

/// <summary>The ten digits as pen strokes in a unit box, x to the right and y down.</summary>
internal static class StrokeFont
{
    private const int ArcPoints = 13;

    private static readonly (double X, double Y)[][][] Digits =
    [
        [Arc(0.5, 0.5, 0.27, 0.42, 0, 360)],
        [[(0.36, 0.25), (0.55, 0.08), (0.55, 0.92)]],
        [[.. Arc(0.5, 0.32, 0.25, 0.24, 190, 390), (0.24, 0.92), (0.78, 0.92)]],
        [Arc(0.47, 0.29, 0.24, 0.21, 205, 450), Arc(0.47, 0.71, 0.26, 0.21, 270, 515)],
        [[(0.64, 0.92), (0.64, 0.08), (0.2, 0.64), (0.84, 0.64)]],
        [[(0.76, 0.08), (0.33, 0.08), (0.29, 0.47), .. Arc(0.48, 0.66, 0.27, 0.26, 230, 500)]],
        [[(0.66, 0.08), (0.42, 0.3), (0.28, 0.56), (0.26, 0.68)], Arc(0.5, 0.68, 0.24, 0.24, 180, 540)],
        [[(0.22, 0.08), (0.78, 0.08), (0.42, 0.92)]],
        [Arc(0.5, 0.29, 0.21, 0.21, 90, 450), Arc(0.5, 0.71, 0.25, 0.21, 270, 630)],
        [Arc(0.5, 0.32, 0.24, 0.24, 0, 360), [(0.74, 0.32), (0.72, 0.5), (0.6, 0.92)]],
    ];

    /// <summary>The strokes of a digit: each a line through points.</summary>
    /// <param name="digit">0 to 9.</param>
    public static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Strokes(int digit) => Digits[digit];

    /// <summary>Part of an ellipse; degrees run clockwise from the right.</summary>
    private static (double X, double Y)[] Arc(double x, double y, double radiusX, double radiusY, double from, double to) =>
        [.. Enumerable.Range(0, ArcPoints).Select(i =>
        {
            var angle = (from + ((to - from) * i / (ArcPoints - 1))) * Math.PI / 180;
            return (x + (radiusX * PortableMath.Cos(angle)), y + (radiusY * PortableMath.Cos(angle - (Math.PI / 2))));
        })];
}
