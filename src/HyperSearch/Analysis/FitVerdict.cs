namespace HyperSearch.Analysis;

/// <summary>What stands between a network and the base error.</summary>
public enum FitVerdict
{
    /// <summary>There is no pair of train and dev metrics to tell.</summary>
    Unknown,

    /// <summary>Neither gap is larger than what can be told.</summary>
    Good,

    /// <summary>It does not fit the training set well enough.</summary>
    Bias,

    /// <summary>It does not generalize from the training set to the dev set.</summary>
    Variance,

    /// <summary>Both, to a similar extent.</summary>
    BiasAndVariance,
}
