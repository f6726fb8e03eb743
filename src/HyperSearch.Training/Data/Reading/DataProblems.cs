using System.Globalization;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Collects the mistakes of data files, so that a user hears of all of them at once.</summary>
internal sealed class DataProblems
{
    private const int Most = 20;
    private readonly List<(string Message, string Repetition, int Count)> _problems = [];
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);

    /// <summary>Whether there are none so far.</summary>
    public bool IsEmpty => _problems.Count == 0;

    /// <summary>Notes a mistake.</summary>
    public void Add(string message) => _problems.Add((message, "", 1));

    /// <summary>Notes a mistake that many rows may repeat: the first of its kind is told, the others are counted.</summary>
    /// <param name="kind">A name that tells this kind of mistake from others.</param>
    /// <param name="message">The sentences about the first.</param>
    public void AddRow(string kind, Func<string> message)
    {
        if (_kinds.TryGetValue(kind, out var index))
        {
            _problems[index] = _problems[index] with { Count = _problems[index].Count + 1 };
            return;
        }
        _kinds.Add(kind, _problems.Count);
        _problems.Add((message(), " The same goes for {0}.", 1));
    }

    /// <summary>Ends the reading if there was a mistake.</summary>
    /// <exception cref="DataException">At least one was noted; it holds all of them.</exception>
    public void ThrowIfAny()
    {
        if (IsEmpty)
            return;
        var messages = _problems.Take(Most).Select(static problem => problem.Count == 1
            ? problem.Message
            : problem.Message + string.Format(CultureInfo.InvariantCulture, problem.Repetition,
                Counted.Of(problem.Count - 1, "more row"))).ToList();
        if (_problems.Count > Most)
            messages.Add(_problems.Count == Most + 1
                ? "There is 1 more mistake."
                : $"There are {_problems.Count - Most} more mistakes.");
        throw new DataException(messages);
    }
}
