using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HyperSearch.Training.Data.Augmenting;

/// <summary>A picture's values between its pixels, along a line of points.</summary>
/// <remarks>
/// Between the pixels the value is bilinear, and beyond the border the border's pixels repeat. Point i is
/// (startX + stepX·i + bendX[i], startY + stepY·i + bendY[i]). Eight points go side by side where the processor gathers; each of them
/// takes the same operations in the same order as alone, so the bits are those of every other processor.
/// </remarks>
internal static unsafe class Bilinear
{
    /// <summary>A line of points: where it starts, and its step from point to point, in pixels.</summary>
    public readonly record struct Line(float StartX, float StartY, float StepX, float StepY);

    /// <summary>How many values behind a picture are read with it.</summary>
    public const int Padding = 7;

    /// <summary>Whether <see cref="WideRow"/> can do pictures of this shape.</summary>
    public static bool IsWide(ImageShape image) => Avx2.IsSupported && image.Channels == 1 && image.Width >= Vector256<float>.Count;

    /// <summary>Writes the values at as many points as the picture is wide.</summary>
    /// <param name="raw">The picture, [height, width, channels], and <see cref="Padding"/> values more, whatever they are.</param>
    /// <param name="image">Its shape; one channel, and at least eight pixels wide.</param>
    /// <param name="line">The points.</param>
    /// <param name="bendX">What moves each point along x, [width].</param>
    /// <param name="bendY">What moves each point along y, [width].</param>
    /// <param name="pixels">Where the values go, [width].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WideRow(float* raw, ImageShape image, Line line, float* bendX, float* bendY, float* pixels)
    {
        var width = Vector256.Create(image.Width);
        Vector256<int> lastX = width - Vector256<int>.One, lastY = Vector256.Create(image.Height - 1);
        Vector256<float> endX = Vector256.ConvertToSingle(lastX), endY = Vector256.ConvertToSingle(lastY);
        var lastStart = image.Width - Vector256<float>.Count;
        for (var at = 0; at < image.Width; at += Vector256<float>.Count)
        {
            var start = Math.Min(at, lastStart); // the last eight may overlap those before; they say the same twice
            var step = Vector256.ConvertToSingle(Vector256.Create(start) + Vector256<int>.Indices);
            var x = Vector256.Create(line.StartX) + (Vector256.Create(line.StepX) * step) + Vector256.Load(bendX + start);
            var y = Vector256.Create(line.StartY) + (Vector256.Create(line.StepY) * step) + Vector256.Load(bendY + start);
            x = Vector256.MinNative(Vector256.MaxNative(x, Vector256<float>.Zero), endX);
            y = Vector256.MinNative(Vector256.MaxNative(y, Vector256<float>.Zero), endY);
            Vector256<int> left = Vector256.ConvertToInt32Native(x), top = Vector256.ConvertToInt32Native(y);
            Vector256<float> right = x - Vector256.ConvertToSingle(left), low = y - Vector256.ConvertToSingle(top);
            var across = Vector256.LessThan(left, lastX) & Vector256<int>.One;
            var corner = (top * width) + left;
            var under = corner + (Vector256.LessThan(top, lastY) & width);
            var above = Between(raw, corner, across, right);
            var below = Between(raw, under, across, right);
            (above + (low * (below - above))).Store(pixels + start);
        }
    }

    /// <summary>Writes the values at as many points as the picture is wide, for each channel.</summary>
    /// <inheritdoc cref="WideRow"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row(float* raw, ImageShape image, Line line, float* bendX, float* bendY, float* pixels)
    {
        int width = image.Width, channels = image.Channels;
        for (var i = 0; i < width; i++, pixels += channels)
        {
            var x = Math.Min(Math.Max(line.StartX + (line.StepX * i) + bendX[i], 0f), width - 1f);
            var y = Math.Min(Math.Max(line.StartY + (line.StepY * i) + bendY[i], 0f), image.Height - 1f);
            int left = (int)x, top = (int)y;
            float right = x - left, low = y - top;
            var across = left + 1 < width ? channels : 0;
            var down = top + 1 < image.Height ? width * channels : 0;
            var corner = raw + (((top * width) + left) * channels);
            for (var channel = 0; channel < channels; channel++, corner++)
            {
                var above = corner[0] + (right * (corner[across] - corner[0]));
                var below = corner[down] + (right * (corner[down + across] - corner[down]));
                pixels[channel] = above + (low * (below - above));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Between(float* raw, Vector256<int> corner, Vector256<int> across, Vector256<float> share)
    {
        Vector256<float> first = Take(raw, corner), second = Take(raw, corner + across);
        return first + (share * (second - first));
    }

    /// <summary>The values at eight places. Mostly they lie beside each other, where a load and a permutation take less time than a
    /// gather.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Take(float* raw, Vector256<int> places)
    {
        var start = raw + Math.Min(places[0], places[Vector256<int>.Count - 1]);
        var offsets = places - Vector256.Create((int)(start - raw));
        return (offsets & Vector256.Create(~(Vector256<int>.Count - 1))) == Vector256<int>.Zero
            ? Avx2.PermuteVar8x32(Vector256.Load(start), offsets)
            : Avx2.GatherVector256(raw, places, sizeof(float));
    }
}
