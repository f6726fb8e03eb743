using System.Collections.Immutable;

namespace HyperSearch.Hosting.Searches.Yaml;

/// <summary>Collects what is wrong with one file, so that all of it can be said in one go.</summary>
/// <param name="file">The file as the user named it.</param>
internal sealed class Problems(string file)
{
    private readonly List<SearchFileError> _errors = [];
    private readonly HashSet<Node> _broken = [];

    /// <summary>Whether there is any.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>How many there are so far.</summary>
    public int Count => _errors.Count;

    /// <summary>What was found, in the order of the file.</summary>
    public ImmutableArray<SearchFileError> InOrder => [.. _errors.Distinct().OrderBy(error => error.Line).ThenBy(error => error.Column)];

    /// <summary>Whether nothing is wrong with a piece, nor with what it holds; false where there is nothing.</summary>
    public bool IsSound(Node? node) => node is not null && !_broken.Contains(node);

    /// <summary>Notes an error at a piece.</summary>
    /// <returns><c>false</c>, so that a check can return it.</returns>
    public bool Add(Node node, string message)
    {
        _broken.Add(node);
        return Add(node.Mark, message);
    }

    /// <summary>Notes an error at a place.</summary>
    /// <returns><c>false</c>, so that a check can return it.</returns>
    public bool Add(Mark mark, string message)
    {
        _errors.Add(new SearchFileError(file, mark.Line, mark.Column, message));
        return false;
    }

    /// <summary>Marks a piece as unusable because of what it holds, for which an error was noted.</summary>
    public void Taint(Node node) => _broken.Add(node);
}
