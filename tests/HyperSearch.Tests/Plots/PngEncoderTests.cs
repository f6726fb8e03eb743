using HyperSearch.Plots.Drawing;
using SkiaSharp;

namespace HyperSearch.Tests.Plots;

/// <summary>Pictures as files.</summary>
public sealed class PngEncoderTests
{
    [Theory] // whole vectors of four pixels, and what is left of them
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(403)]
    public void Encode_KeepsEveryPixel(int width)
    {
        foreach (var order in new[] { SKColorType.Bgra8888, SKColorType.Rgba8888 })
        {
            using var drawn = new SKBitmap(new SKImageInfo(width, 5, order, SKAlphaType.Premul));
            for (var y = 0; y < 5; y++)
            {
                for (var x = 0; x < width; x++)
                    drawn.SetPixel(x, y, new SKColor((byte)(x + 1), (byte)(50 * y), (byte)(200 - x)));
            }

            using var pixels = drawn.PeekPixels();
            using var read = SKBitmap.Decode(PngEncoder.Encode(pixels));
            Assert.Equal((width, 5), (read.Width, read.Height));
            Assert.Equal(drawn.Pixels, read.Pixels);
        }
    }
}
