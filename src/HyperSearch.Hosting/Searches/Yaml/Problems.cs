using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace HyperSearch.Hosting.Searches.Yaml;

/// <summary>A mistake at a place of a file.</summary>
/// <param name="Mark">Where.</param>
/// <param name="Message">One or two plain sentences.</param>
internal readonly record struct Problem(Mark Mark, string Message);

/// <summary>Collects every mistake of one file, so that all of them can be said in one go.</summary>
internal sealed class Problems
{
    /// <summary>As many mistakes of one file are told; a machine that wrote more of them would make each file take minutes.</summary>
    public const int Most = 100;

    private readonly List<Problem> _problems = [];
    private readonly HashSet<Node> _broken = [];

    /// <summary>Whether there is any.</summary>
    public bool Any => _problems.Count > 0;

    /// <summary>How many there are so far.</summary>
    public int Count => _problems.Count;

    /// <summary>The mistakes, each once, in the order of the file.</summary>
    public ImmutableArray<Problem> InOrder =>
        [.. _problems.Distinct().OrderBy(problem => problem.Mark.Line).ThenBy(problem => problem.Mark.Column)];

    /// <summary>Whether a piece and all that it holds are right; false where there is no piece.</summary>
    public bool IsSound([NotNullWhen(true)] Node? node) => node is not null && !_broken.Contains(node);

    /// <summary>Notes a mistake at a piece.</summary>
    /// <returns><c>false</c>, so that a check can return it.</returns>
    public bool Add(Node node, string message)
    {
        _broken.Add(node);
        return Add(node.Mark, message);
    }

    /// <summary>Notes a mistake at a place.</summary>
    /// <returns><c>false</c>, so that a check can return it.</returns>
    /// <exception cref="TooManyProblemsException">There are <see cref="Most"/> already.</exception>
    public bool Add(Mark mark, string message)
    {
        if (_problems.Count == Most)
            throw new TooManyProblemsException();
        _problems.Add(new Problem(mark, message));
        return false;
    }

    /// <summary>Marks a piece as unusable when something that it holds is not sound; that mistake was noted already.</summary>
    /// <returns><paramref name="sound"/>, so that a check can return it.</returns>
    public bool Taint(Node node, bool sound)
    {
        if (!sound)
            _broken.Add(node);
        return sound;
    }

    /// <summary>Does something that may refuse, and notes the refusal in its own words at a piece.</summary>
    /// <param name="place">The piece.</param>
    /// <param name="action">It refuses by an <see cref="ArgumentException"/>.</param>
    /// <param name="before">The beginning of the message.</param>
    /// <returns>Whether nothing was refused.</returns>
    public bool Attempt(Node place, Action action, string before = "")
    {
        try
        {
            action();
            return true;
        }
        catch (ArgumentException refusal)
        {
            return Add(place, before + SentenceOf(refusal));
        }
    }

    /// <summary>The sentence of a refusal, without the parameter's name and value that .NET appends.</summary>
    public static string SentenceOf(ArgumentException refusal)
    {
        var message = refusal.Message;
        var appended = refusal.ParamName is null ? -1 : message.IndexOf($" (Parameter '{refusal.ParamName}')", StringComparison.Ordinal);
        return appended < 0 ? message : message[..appended];
    }
}

/// <summary>A file has so many mistakes that nobody looks for more.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It says nothing: the mistakes do.")]
internal sealed class TooManyProblemsException : Exception;
