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
    /// <summary>Cosine and sine of no turn, as <see cref="PortableMath"/> gives them: its sine is not quite 0.</summary>
    private static readonly (double Cos, double Sin) Upright = (PortableMath.Cos(0), PortableMath.Cos(-Math.PI / 2));

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
        _raw = new float[image.Features + Bilinear.Padding];
        _bendX = new float[image.Width];
        _bendY = new float[image.Width];
    }

    /// <inheritdoc/>
    public void Augment(Span<float> batch, int rows, int stride, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (var row = 0; row < rows; row++)
        {
            var picture = batch.Slice(row * stride, _image.Features);
            picture.CopyTo(_raw);
            _normalization.Undo(_raw.AsSpan(0, _image.Features));
            Resample(picture, random);
            _normalization.Apply(picture);
        }
    }

    private static double Symmetric(RandomStream random, double strength) => strength == 0 ? 0 : strength * ((2 * random.NextDouble()) - 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Resample(Span<float> picture, RandomStream random)
    {
        var mirrored = _options.Flip && random.NextDouble() < 0.5;
        double shiftX = Symmetric(random, _options.ShiftPixels), shiftY = Symmetric(random, _options.ShiftPixels);
        var angle = Symmetric(random, _options.RotateDegrees) * Math.PI / 180;
        var zoom = 1 + Symmetric(random, _options.Zoom);
        var (turnX, turnY) = angle == 0 ? Upright : (PortableMath.Cos(angle), PortableMath.Cos(angle - (Math.PI / 2)));
        float cos = (float)(turnX / zoom), sin = (float)(turnY / zoom);
        float centreX = (_image.Width - 1) / 2f, centreY = (_image.Height - 1) / 2f;
        var (stepX, stepY) = mirrored ? (-cos, sin) : (cos, -sin);
        _field?.Draw(random);
        var wide = Bilinear.IsWide(_image);
        fixed (float* raw = _raw, bendX = _bendX, bendY = _bendY, first = picture)
        {
            var pixels = first;
            for (var y = 0; y < _image.Height; y++, pixels += _image.Width * _image.Channels)
            {
                var startX = centreX - (float)shiftX + (sin * (y - centreY)) - (stepX * centreX);
                var startY = centreY - (float)shiftY + (cos * (y - centreY)) - (stepY * centreX);
                _field?.Row(y, _bendX, _bendY);
                var line = new Bilinear.Line(startX, startY, stepX, stepY);
                if (wide)
                    Bilinear.WideRow(raw, _image, line, bendX, bendY, pixels);
                else
                    Bilinear.Row(raw, _image, line, bendX, bendY, pixels);
            }
        }
    }
}
