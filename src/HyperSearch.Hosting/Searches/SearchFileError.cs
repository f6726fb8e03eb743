using System.Globalization;

namespace HyperSearch.Hosting.Searches;

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
