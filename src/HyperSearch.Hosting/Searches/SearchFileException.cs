using System.Collections.Immutable;

namespace HyperSearch.Hosting.Searches;

/// <summary>A search file that does not validate, with everything that is wrong with it.</summary>
public sealed class SearchFileException : Exception
{
    /// <summary>Makes an exception of a file's errors.</summary>
    /// <param name="errors">At least one, in the order of the file.</param>
    public SearchFileException(ImmutableArray<SearchFileError> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>Every error of the file, in its order.</summary>
    public ImmutableArray<SearchFileError> Errors { get; }
}
