namespace HyperSearch.Hosting.Objectives;

/// <summary>
/// A failure that a second try may mend: a child process died, a disk hiccuped. Anything else is taken to be deterministic and is not tried
/// again.
/// </summary>
public sealed class TransientFailureException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public TransientFailureException()
    {
    }

    /// <summary>Makes one that says what happened.</summary>
    public TransientFailureException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what happened and what caused it.</summary>
    public TransientFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// The exit code of the process that failed. An attempt that fails with the exit code of the one before is not followed by another.
    /// Default <c>null</c>: there was no process, or a signal ended it.
    /// </summary>
    public int? ExitCode { get; init; }
}
