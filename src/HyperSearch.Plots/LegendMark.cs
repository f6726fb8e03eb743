namespace HyperSearch.Plots;

/// <summary>The mark of a legend entry.</summary>
public enum LegendMark
{
    /// <summary>A filled disc.</summary>
    Dot,

    /// <summary>A ring.</summary>
    Ring,

    /// <summary>A cross.</summary>
    Cross,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A dashed line.</summary>
    Dashes,

    /// <summary>A filled square.</summary>
    Square,

    /// <summary>An outlined square.</summary>
    Frame,

    /// <summary>A strip of colours from one end to the other.</summary>
    Ramp,
}
