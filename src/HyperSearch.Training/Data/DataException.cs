namespace HyperSearch.Training.Data;

/// <summary>Data or a model file that cannot be used; each problem says what is wrong, where, and what would be right.</summary>
public sealed class DataException : Exception
{
    /// <summary>An exception whose message is for the user.</summary>
    /// <param name="message">One or two plain sentences.</param>
    public DataException(string message)
        : base(message) => Problems = [message];

    /// <summary>An exception whose message is for the user, with its cause.</summary>
    /// <param name="message">One or two plain sentences.</param>
    /// <param name="cause">The system's exception.</param>
    public DataException(string message, Exception cause)
        : base(message, cause) => Problems = [message];

    /// <summary>An exception that tells several problems at once; its message has a line for each.</summary>
    /// <param name="problems">One or two plain sentences for each problem.</param>
    public DataException(IReadOnlyList<string> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>Everything that is wrong, at least one problem.</summary>
    public IReadOnlyList<string> Problems { get; }
}
