namespace HyperSearch.Training;

/// <summary>What values a hyperparameter takes.</summary>
public enum HyperparameterKind
{
    /// <summary>Any number its law allows.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>One of a few words, or a text with a form of its own.</summary>
    Word,

    /// <summary>true or false.</summary>
    Switch,
}
