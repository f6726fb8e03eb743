using System.Collections.Immutable;
using System.Globalization;

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

/// <summary>One thing that is wrong with a search file, where, and what would be right.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">Counted from 1; 0 when the file as a whole is meant.</param>
/// <param name="Column">Counted from 1; 0 when the file as a whole is meant.</param>
/// <param name="Message">One or two plain sentences.</param>
public sealed record SearchFileError(string File, int Line, int Column, string Message)
{
    /// <summary>The error as people and editors read it: <c>searches/digits.yaml:14:12: unknown sampler …</c>.</summary>
    public override string ToString() =>
        Line == 0 ? $"{File}: {Message}" : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Message}");
}
