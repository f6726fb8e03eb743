namespace HyperSearch.Plots;

/// <summary>How a picture is kept in a file.</summary>
public enum PictureFormat
{
    /// <summary>Pixels, at twice the picture's size.</summary>
    Png,

    /// <summary>Lines and text, with the font in the file.</summary>
    Svg,
}
