using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Generators;

/// <summary>Points in the plane in classes that no straight line separates.</summary>
/// <param name="Classes">Number of classes unless the user says otherwise.</param>
/// <param name="FreeClasses">Whether the user may say otherwise.</param>
/// <param name="Noise">Standard deviation of both coordinates unless the user says otherwise.</param>
/// <param name="Ideal">The point of class c of C at position t in [0, 1).</param>
internal sealed record PlaneFigure(int Classes, bool FreeClasses, double Noise, Func<int, int, double, (double X1, double X2)> Ideal)
{
    /// <summary>Arms that wind once around the centre, one for each class: radius t, angle one turn times (t + c/C).</summary>
    public static PlaneFigure Spirals { get; } =
        new(3, true, 0.05, static (c, classes, t) => OnCircle(0.05 + (0.95 * t), t + ((double)c / classes)));

    /// <summary>Two half circles that reach into each other.</summary>
    public static PlaneFigure Moons { get; } = new(2, false, 0.1, static (c, _, t) =>
    {
        var (x1, x2) = OnCircle(1, t / 2);
        return c == 0 ? (x1, x2) : (1 - x1, 0.5 - x2);
    });

    /// <summary>A round cloud for each class, the centres evenly on a circle of radius 1.</summary>
    public static PlaneFigure Blobs { get; } = new(3, true, 0.25, static (c, classes, _) => OnCircle(1, (double)c / classes));

    /// <summary>A circle of radius 1 around one of radius 0.5.</summary>
    public static PlaneFigure Circles { get; } = new(2, false, 0.08, static (c, _, t) => OnCircle(c == 0 ? 1 : 0.5, t));

    /// <summary>Draws point number <paramref name="row"/>, which belongs to class <paramref name="c"/>; other rows do not change
    /// it.</summary>
    public (float X1, float X2) Draw(ulong seed, int row, int c, int classes, double noise)
    {
        var random = RandomStream.For(seed, (ulong)row, "figure");
        var (x1, x2) = Ideal(c, classes, random.NextDouble());
        return ((float)(x1 + (noise * random.NextNormal())), (float)(x2 + (noise * random.NextNormal())));
    }

    /// <summary>A point at an angle given in turns.</summary>
    private static (double X1, double X2) OnCircle(double radius, double turns) =>
        (radius * PortableMath.Cos(2 * Math.PI * turns), radius * PortableMath.Cos(2 * Math.PI * (turns - 0.25)));
}
