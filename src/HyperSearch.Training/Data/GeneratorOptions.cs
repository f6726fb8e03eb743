namespace HyperSearch.Training.Data;

/// <summary>Asks for made-up data instead of a file: <c>generate: {kind: spirals, rows: 1000, noise: 0.1}</c>.</summary>
public sealed record GeneratorOptions
{
    /// <summary>The figure to draw: spirals, moons, blobs, circles or digits.</summary>
    public required string Kind { get; init; }

    /// <summary>Number of examples over all classes.</summary>
    public int Rows { get; init; } = 1000;

    /// <summary>
    /// Spread around the ideal, at least 0: for the plane figures a standard deviation in units of a figure about 2 across,
    /// for digits the standard deviation of the grey level (0 to 1). Null takes each figure's own default.
    /// </summary>
    public double? Noise { get; init; }

    /// <summary>Number of classes of spirals (default 3) and blobs (default 3); moons and circles have 2, digits 10.</summary>
    public int? Classes { get; init; }

    /// <summary>Seed of the drawing; null takes the loader's.</summary>
    public ulong? Seed { get; init; }
}
