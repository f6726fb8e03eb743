namespace HyperSearch.Training.Data;

/// <summary>Which perturbations training pictures get, and how strong they may be. The defaults do nothing.</summary>
/// <remarks>Every picture draws its own, uniformly between minus and plus the given strength.</remarks>
public sealed record Augmentation
{
    /// <summary>Mirrors every second picture, left to right. Right for animals, wrong for digits.</summary>
    public bool Flip { get; init; }

    /// <summary>Largest shift along each axis, in pixels; what leaves the picture is cropped. At least 0.</summary>
    public double ShiftPixels { get; init; }

    /// <summary>Largest rotation about the centre, in degrees, 0 to 180.</summary>
    public double RotateDegrees { get; init; }

    /// <summary>Largest change of size about the centre: at 0.1 a picture is drawn 0.9 to 1.1 times as large. 0 to below 1.</summary>
    public double Zoom { get; init; }

    /// <summary>Typical displacement of a pixel by elastic distortion (root mean square along each axis), in pixels. At least 0.</summary>
    public double ElasticPixels { get; init; }

    /// <summary>Whether anything is asked for.</summary>
    public bool IsNone => !Flip && ShiftPixels == 0 && RotateDegrees == 0 && Zoom == 0 && ElasticPixels == 0;
}
