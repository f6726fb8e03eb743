using System.Runtime.CompilerServices;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Augmenting;

/// <summary>Flips, moves, turns, zooms and bends pictures, all in one resampling.</summary>
/// <remarks>
/// The batch is normalized already, each feature by its own μ and σ, so that a pixel may not simply take its neighbour's value: each
/// picture is brought back to raw values, resampled, and normalized again. The result is what augmenting first and normalizing then would
/// give. Output pixel p takes the bilinear value at c + A⁻¹·(p − c) − shift + bend(p), with c the centre and A the rotation times the zoom,
/// mirrored on a flip; beyond the border the border's pixels repeat.
/// </remarks>
internal sealed class ImageAugmenter : IAugmenter
{
    private readonly Augmentation _options;
    private readonly ImageShape _image;
    private readonly Normalization _normalization;
    private readonly ElasticField? _field;
    private readonly float[] _raw;
    private readonly float[] _bendX;
    private readonly float[] _bendY;

    /// <summary>An augmenter for pictures of one shape and normalization.</summary>
    public ImageAugmenter(Augmentation options, ImageShape image, Normalization normalization)
    {
        _options = options;
        _image = image;
        _normalization = normalization;
        _field = options.ElasticPixels > 0 ? new ElasticField(image, options.ElasticPixels) : null;
        _raw = new float[image.Features];
        _bendX = new float[image.Width];
        _bendY = new float[image.Width];
    }

    /// <inheritdoc/>
    public void Augment(Span<float> batch, int rows, int stride, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (var row = 0; row < rows; row++)
        {
            var picture = batch.Slice(row * stride, _raw.Length);
            picture.CopyTo(_raw);
            _normalization.Undo(_raw);
            Resample(picture, random);
            _normalization.Apply(picture);
        }
    }

    private static double Symmetric(RandomStream random, double strength) => strength == 0 ? 0 : strength * ((2 * random.NextDouble()) - 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Resample(Span<float> picture, RandomStream random)
    {
        var mirrored = _options.Flip && random.NextDouble() < 0.5;
        double shiftX = Symmetric(random, _options.ShiftPixels), shiftY = Symmetric(random, _options.ShiftPixels);
        var angle = Symmetric(random, _options.RotateDegrees) * Math.PI / 180;
        var zoom = 1 + Symmetric(random, _options.Zoom);
        float cos = (float)(PortableMath.Cos(angle) / zoom), sin = (float)(PortableMath.Cos(angle - (Math.PI / 2)) / zoom);
        float centreX = (_image.Width - 1) / 2f, centreY = (_image.Height - 1) / 2f;
        var (stepX, stepY) = mirrored ? (-cos, sin) : (cos, -sin);
        _field?.Draw(random);
        ReadOnlySpan<float> raw = _raw;
        int width = _image.Width, height = _image.Height, channels = _image.Channels, target = 0;
        for (var y = 0; y < height; y++)
        {
            var startX = centreX - (float)shiftX + (sin * (y - centreY)) - (stepX * centreX);
            var startY = centreY - (float)shiftY + (cos * (y - centreY)) - (stepY * centreX);
            _field?.Row(y, _bendX, _bendY);
            for (var x = 0; x < width; x++, target += channels)
                Sample(raw, width, height, channels, startX + (stepX * x) + _bendX[x], startY + (stepY * x) + _bendY[x], picture[target..]);
        }
    }

    /// <summary>The bilinear value of each channel at a point; beyond the border the border repeats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sample(ReadOnlySpan<float> raw, int width, int height, int channels, float x, float y, Span<float> pixel)
    {
        x = Math.Min(Math.Max(x, 0f), width - 1f);
        y = Math.Min(Math.Max(y, 0f), height - 1f);
        int left = (int)x, top = (int)y;
        float right = x - left, low = y - top;
        var across = left + 1 < width ? channels : 0;
        var down = top + 1 < height ? width * channels : 0;
        var corner = raw[(((top * width) + left) * channels)..];
        for (var channel = 0; channel < channels; channel++)
        {
            var above = corner[channel] + (right * (corner[channel + across] - corner[channel]));
            var below = corner[channel + down] + (right * (corner[channel + down + across] - corner[channel + down]));
            pixel[channel] = above + (low * (below - above));
        }
    }
}
