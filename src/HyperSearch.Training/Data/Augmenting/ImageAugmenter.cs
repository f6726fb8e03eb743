using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Data.Augmenting;

/// <summary>Flips, moves, turns, zooms and bends pictures, all in one resampling.</summary>
/// <remarks>
/// The batch is normalized already, each feature by its own μ and σ, so that a pixel may not simply take its neighbour's value: each picture is brought
/// back to raw values, resampled, and normalized again. The result is what augmenting first and normalizing then would give.
/// Output pixel p takes the bilinear value at c + A⁻¹·(p − c) − shift + bend(p), with c the centre and A the rotation times the zoom, mirrored on a flip;
/// beyond the border the border's pixels repeat.
/// </remarks>
internal sealed class ImageAugmenter : IAugmenter
{
    private readonly Augmentation _options;
    private readonly ImageShape _image;
    private readonly Normalization _normalization;
    private readonly ElasticField? _field;
    private readonly float[] _raw;

    /// <summary>An augmenter for pictures of one shape and normalization.</summary>
    public ImageAugmenter(Augmentation options, ImageShape image, Normalization normalization)
    {
        _options = options;
        _image = image;
        _normalization = normalization;
        _field = options.ElasticPixels > 0 ? new ElasticField(image, options.ElasticPixels) : null;
        _raw = new float[image.Features];
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

    private void Resample(Span<float> picture, RandomStream random)
    {
        var mirrored = _options.Flip && random.NextDouble() < 0.5;
        double shiftX = Symmetric(random, _options.ShiftPixels), shiftY = Symmetric(random, _options.ShiftPixels);
        var angle = Symmetric(random, _options.RotateDegrees) * Math.PI / 180;
        var zoom = 1 + Symmetric(random, _options.Zoom);
        double cos = PortableMath.Cos(angle) / zoom, sin = PortableMath.Cos(angle - (Math.PI / 2)) / zoom;
        _field?.Draw(random);
        double centreX = (_image.Width - 1) / 2.0, centreY = (_image.Height - 1) / 2.0;
        var target = 0;
        for (var y = 0; y < _image.Height; y++)
        {
            for (var x = 0; x < _image.Width; x++, target += _image.Channels)
            {
                double fromX = mirrored ? centreX - x : x - centreX, fromY = y - centreY;
                var (bendX, bendY) = _field?.At(x, y) ?? default;
                Sample(
                    centreX + (cos * fromX) + (sin * fromY) - shiftX + bendX,
                    centreY - (sin * fromX) + (cos * fromY) - shiftY + bendY,
                    picture.Slice(target, _image.Channels));
            }
        }
    }

    private void Sample(double x, double y, Span<float> pixel)
    {
        x = Math.Clamp(x, 0, _image.Width - 1);
        y = Math.Clamp(y, 0, _image.Height - 1);
        int left = (int)x, top = (int)y;
        float right = (float)(x - left), low = (float)(y - top);
        var channels = _image.Channels;
        var corner = ((top * _image.Width) + left) * channels;
        var across = left + 1 < _image.Width ? channels : 0;
        var down = top + 1 < _image.Height ? _image.Width * channels : 0;
        for (var channel = 0; channel < channels; channel++, corner++)
        {
            var above = _raw[corner] + (right * (_raw[corner + across] - _raw[corner]));
            var below = _raw[corner + down] + (right * (_raw[corner + down + across] - _raw[corner + down]));
            pixel[channel] = above + (low * (below - above));
        }
    }
}
