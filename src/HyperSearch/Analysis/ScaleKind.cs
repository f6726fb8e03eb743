namespace HyperSearch.Analysis;

/// <summary>How a scale spreads its values, which decides its ticks and how it is widened.</summary>
internal enum ScaleKind
{
    /// <summary>Values without an order.</summary>
    Categories,

    /// <summary>Equal steps are equally far apart.</summary>
    Linear,

    /// <summary>Equal factors are equally far apart.</summary>
    Log,

    /// <summary>Equal factors of 1 − x are equally far apart.</summary>
    OneMinusLog,
}
