using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Generators;

/// <summary>Draws a digit on 28×28 pixels as someone in a hurry might: shifted, turned, slanted, thick or thin, on noisy paper.</summary>
/// <remarks>Grey levels from 0 (paper) to 1 (ink). Shift to ±2 pixels, rotation to ±12°, slant to ±0.2, size 0.85 to 1.1, pen 1.1 to 2
/// pixels wide to each side.</remarks>
internal static class DigitPainter
{
    /// <summary>Pixels along each side.</summary>
    public const int Size = 28;

    /// <summary>Standard deviation of the grey level unless the user says otherwise.</summary>
    public const double Noise = 0.1;

    private const double Box = 22;

    /// <summary>Draws example number <paramref name="row"/>; other rows do not change it.</summary>
    /// <param name="seed">Seed of the whole drawing.</param>
    /// <param name="row">Number of the example.</param>
    /// <param name="digit">The digit to draw, 0 to 9.</param>
    /// <param name="noise">Standard deviation of the grey level.</param>
    /// <param name="pixels">28·28 grey levels, overwritten.</param>
    public static void Draw(ulong seed, int row, int digit, double noise, Span<float> pixels)
    {
        var random = RandomStream.For(seed, (ulong)row, "digit");
        var segments = Segments(digit, random);
        var pen = Between(random, 1.1, 2);
        Span<double> distances = stackalloc double[Size * Size];
        distances.Fill(double.MaxValue);
        foreach (var (startX, startY, dx, dy) in segments)
            Approach(distances, startX, startY, dx, dy, pen + 1);
        for (var i = 0; i < pixels.Length; i++)
        {
            var ink = Math.Clamp(pen - Math.Sqrt(distances[i]) + 0.5, 0, 1);
            pixels[i] = (float)Math.Clamp(ink + (noise * NearlyNormal.Of(random.NextULong())), 0, 1);
        }
    }

    private static List<(double X, double Y, double DX, double DY)> Segments(int digit, RandomStream random)
    {
        double shiftX = Between(random, -2, 2), shiftY = Between(random, -2, 2), slant = Between(random, -0.2, 0.2);
        double scaleX = Box * Between(random, 0.85, 1.1), scaleY = Box * Between(random, 0.85, 1.1);
        var angle = Between(random, -12, 12) * Math.PI / 180;
        double cos = PortableMath.Cos(angle), sin = PortableMath.Cos(angle - (Math.PI / 2));
        (double X, double Y) Placed((double X, double Y) point)
        {
            double y = (point.Y - 0.5) * scaleY, x = ((point.X - 0.5) * scaleX) - (slant * y);
            return ((Size / 2.0) - 0.5 + shiftX + (cos * x) - (sin * y), (Size / 2.0) - 0.5 + shiftY + (sin * x) + (cos * y));
        }
        var segments = new List<(double X, double Y, double DX, double DY)>();
        foreach (var stroke in StrokeFont.Strokes(digit))
        {
            var from = Placed(stroke[0]);
            foreach (var point in stroke.Skip(1))
            {
                var to = Placed((point.X + (0.012 * random.NextNormal()), point.Y + (0.012 * random.NextNormal())));
                segments.Add((from.X, from.Y, to.X - from.X, to.Y - from.Y));
                from = to;
            }
        }
        return segments;
    }

    /// <summary>Lowers the squared distances of the pixels that a segment comes near to.</summary>
    private static void Approach(Span<double> distances, double startX, double startY, double dx, double dy, double reach)
    {
        var length = (dx * dx) + (dy * dy);
        int top = Pixel(Math.Min(startY, startY + dy) - reach), bottom = Pixel(Math.Max(startY, startY + dy) + reach);
        int left = Pixel(Math.Min(startX, startX + dx) - reach), right = Pixel(Math.Max(startX, startX + dx) + reach);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                double fromX = x - startX, fromY = y - startY;
                var along = length > 0 ? Math.Clamp(((fromX * dx) + (fromY * dy)) / length, 0, 1) : 0;
                double offX = fromX - (along * dx), offY = fromY - (along * dy);
                ref var distance = ref distances[(y * Size) + x];
                distance = Math.Min(distance, (offX * offX) + (offY * offY));
            }
        }
    }

    private static int Pixel(double position) => Math.Clamp((int)Math.Floor(position), 0, Size - 1);

    private static double Between(RandomStream random, double low, double high) => low + ((high - low) * random.NextDouble());
}
