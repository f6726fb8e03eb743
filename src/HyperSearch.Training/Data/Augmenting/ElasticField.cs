using System.Runtime.CompilerServices;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Augmenting;

/// <summary>A smooth random displacement of every pixel.</summary>
/// <remarks>
/// Nodes about a quarter of the picture apart draw a nearly normal displacement each; pixels between them interpolate bilinearly, so that
/// neighbours move together. Interpolation shrinks the mean square by (2/3)², which a factor 3/2 gives back: the root mean square over the
/// picture is the strength asked for. After P. Simard, D. Steinkraus and J. Platt, Best Practices for Convolutional Neural Networks, ICDAR
/// 2003; they smooth white noise by a Gaussian instead.
/// </remarks>
internal sealed class ElasticField(ImageShape image, double strength)
{
    private const double InterpolationGain = 1.5;
    private readonly float _pitch = (float)(1 / Spacing(image));
    private readonly float[] _nodesX = new float[NodeCount(image)];
    private readonly float[] _nodesY = new float[NodeCount(image)];
    private readonly float[] _rowX = new float[NodeColumns(image.Width, Spacing(image))];
    private readonly float[] _rowY = new float[NodeColumns(image.Width, Spacing(image))];
    private float _offsetX, _offsetY;

    /// <summary>Draws new displacements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(RandomStream random)
    {
        for (var i = 0; i < _nodesX.Length; i++)
        {
            _nodesX[i] = (float)(InterpolationGain * strength * NearlyNormal.Of(random.NextULong()));
            _nodesY[i] = (float)(InterpolationGain * strength * NearlyNormal.Of(random.NextULong()));
        }
        _offsetX = (float)random.NextDouble();
        _offsetY = (float)random.NextDouble();
    }

    /// <summary>Displacements of one row of pixels, in pixels.</summary>
    /// <param name="y">Number of the row.</param>
    /// <param name="bendX">As long as the picture is wide, overwritten.</param>
    /// <param name="bendY">As long as the picture is wide, overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row(int y, Span<float> bendX, Span<float> bendY)
    {
        var row = (y * _pitch) + _offsetY;
        var top = (int)row;
        Blend(_nodesX, top, row - top, _rowX);
        Blend(_nodesY, top, row - top, _rowY);
        for (var x = 0; x < bendX.Length; x++)
        {
            var column = (x * _pitch) + _offsetX;
            var left = (int)column;
            var right = column - left;
            bendX[x] = _rowX[left] + (right * (_rowX[left + 1] - _rowX[left]));
            bendY[x] = _rowY[left] + (right * (_rowY[left + 1] - _rowY[left]));
        }
    }

    private static double Spacing(ImageShape image) => Math.Max(2, Math.Max(image.Height, image.Width) / 4.0);

    private static int NodeColumns(int pixels, double spacing) => (int)(pixels / spacing) + 3;

    private static int NodeCount(ImageShape image) => NodeColumns(image.Width, Spacing(image)) * NodeColumns(image.Height, Spacing(image));

    /// <summary>Interpolates between two rows of nodes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Blend(float[] nodes, int top, float low, float[] row)
    {
        var above = nodes.AsSpan(top * row.Length, row.Length);
        var below = nodes.AsSpan((top + 1) * row.Length, row.Length);
        for (var i = 0; i < row.Length; i++)
            row[i] = above[i] + (low * (below[i] - above[i]));
    }
}
