namespace HyperSearch.Training;

/// <summary>One hyperparameter of the trainer, as a search file names it.</summary>
/// <param name="Name">Its name; a trailing <c>_N</c> stands for a layer's number from 1.</param>
/// <param name="Default">Its default, as a search file would write it.</param>
/// <param name="Meaning">Its effect, with its equation where it has one.</param>
/// <param name="Kind">The kind of values that it takes.</param>
/// <param name="Words">The words allowed; empty when it is not one of a few words.</param>
public sealed record HyperparameterInfo(string Name, string Default, string Meaning, HyperparameterKind Kind, IReadOnlyList<string> Words);

/// <summary>The kind of values that a hyperparameter takes.</summary>
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
