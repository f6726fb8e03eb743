using System.Globalization;

namespace HyperSearch.Training.Data;

/// <summary>How the features of one row make a picture: row by row from the top, each pixel with its channels side by side.</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Channels">Values in a pixel: 1 for grey, 3 for colour.</param>
public sealed record ImageShape(int Height, int Width, int Channels = 1)
{
    /// <summary>Number of features of a picture.</summary>
    public int Features => checked(Height * Width * Channels);

    /// <summary>Reads <c>8x8</c> or <c>32x32x3</c> (height, width, channels).</summary>
    /// <param name="text">The shape as a search file writes it.</param>
    /// <exception cref="DataException"><paramref name="text"/> is not two or three positive whole numbers joined by x.</exception>
    public static ImageShape Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sizes = text.Split('x', StringSplitOptions.TrimEntries)
            .Select(static s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 16384
            ? n : 0)
            .ToArray();
        if (sizes.Length is not (2 or 3) || sizes.Contains(0))
            throw new DataException($"The image shape \"{text}\" is not of the form 8x8 or 32x32x3 (height, width and, if not 1, "
                + $"channels).");
        return new ImageShape(sizes[0], sizes[1], sizes.Length == 3 ? sizes[2] : 1);
    }

    /// <summary>The shape as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Channels == 1 ? $"{Height}x{Width}" : $"{Height}x{Width}x{Channels}";
}
