using HyperSearch.Training.Data.Augmenting;

namespace HyperSearch.Training.Data.Loading;

/// <summary>Makes the augmenter that a trial asks for.</summary>
public static class Augmenter
{
    /// <summary>An augmenter for the pictures of a data set; null when nothing is asked for.</summary>
    /// <param name="options">Which perturbations, how strong.</param>
    /// <param name="dataset">The data whose training batches it will perturb.</param>
    /// <exception cref="DataException">The rows are not pictures, or a strength is out of its range.</exception>
    public static IAugmenter? Create(Augmentation options, Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dataset);
        if (options.IsNone)
            return null;
        var image = dataset.Image
            ?? throw new DataException("Augmentation needs pictures, and the rows of these data are none. Say what their shape is, "
            + "such as `image: 8x8`, or turn it off.");
        Require(options.ShiftPixels, Math.Max(image.Height, image.Width), "A shift of pixels");
        Require(options.RotateDegrees, 180, "A rotation in degrees");
        Require(options.Zoom, 0.9, "A zoom");
        Require(options.ElasticPixels, Math.Max(image.Height, image.Width), "An elastic distortion in pixels");
        return new ImageAugmenter(options, image, dataset.Normalization);
    }

    private static void Require(double strength, double most, string what)
    {
        if (!(strength >= 0 && strength <= most))
            throw new DataException(FormattableString.Invariant($"{what} lies between 0 and {most} for these data, not at {strength}."));
    }
}
