namespace HyperSearch.Samplers;

/// <summary>The rules by which a trial can be proposed.</summary>
public enum OriginKind
{
    /// <summary>Anywhere in the space: random, Sobol or grid.</summary>
    Global,

    /// <summary>A heavy-tailed step from one good trial.</summary>
    Hop,

    /// <summary>Uniform in a box around several good trials.</summary>
    Box,

    /// <summary>Where a model of the outcomes expects the most.</summary>
    Model,

    /// <summary>Given by the user.</summary>
    Enqueued,
}
