using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Data.Augmenting;

/// <summary>A smooth random displacement of every pixel.</summary>
/// <remarks>
/// Nodes about a quarter of the picture apart draw a normal displacement each; pixels between them interpolate bilinearly, so that neighbours move
/// together. Interpolation shrinks the mean square by (2/3)², which a factor 3/2 gives back: the root mean square over the picture is the strength asked for.
/// After P. Simard, D. Steinkraus and J. Platt, Best Practices for Convolutional Neural Networks, ICDAR 2003; they smooth white noise by a Gaussian instead.
/// </remarks>
internal sealed class ElasticField(ImageShape image, double strength)
{
    private const double InterpolationGain = 1.5;
    private readonly double _spacing = Spacing(image);
    private readonly double[] _nodesX = new double[NodeCount(image)];
    private readonly double[] _nodesY = new double[NodeCount(image)];
    private readonly int _nodeColumns = NodeColumns(image.Width, Spacing(image));
    private double _offsetX, _offsetY;

    /// <summary>Draws new displacements.</summary>
    public void Draw(RandomStream random)
    {
        for (var i = 0; i < _nodesX.Length; i++)
        {
            _nodesX[i] = InterpolationGain * strength * random.NextNormal();
            _nodesY[i] = InterpolationGain * strength * random.NextNormal();
        }
        _offsetX = random.NextDouble();
        _offsetY = random.NextDouble();
    }

    /// <summary>Displacement of a pixel, in pixels.</summary>
    public (double X, double Y) At(int x, int y)
    {
        double column = (x / _spacing) + _offsetX, row = (y / _spacing) + _offsetY;
        int left = (int)column, top = (int)row;
        double right = column - left, low = row - top;
        var node = (top * _nodeColumns) + left;
        return (Between(_nodesX, node, right, low), Between(_nodesY, node, right, low));
    }

    private static double Spacing(ImageShape image) => Math.Max(2, Math.Max(image.Height, image.Width) / 4.0);

    private static int NodeColumns(int pixels, double spacing) => (int)(pixels / spacing) + 3;

    private static int NodeCount(ImageShape image) => NodeColumns(image.Width, Spacing(image)) * NodeColumns(image.Height, Spacing(image));

    private double Between(double[] nodes, int node, double right, double low)
    {
        var above = nodes[node] + (right * (nodes[node + 1] - nodes[node]));
        var below = nodes[node + _nodeColumns] + (right * (nodes[node + _nodeColumns + 1] - nodes[node + _nodeColumns]));
        return above + (low * (below - above));
    }
}
