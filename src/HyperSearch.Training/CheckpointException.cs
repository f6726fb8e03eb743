namespace HyperSearch.Training;

/// <summary>A checkpoint that cannot be used: damaged, cut short, or of another trial. The message says which.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Creates one without a message.</summary>
    public CheckpointException()
    {
    }

    /// <summary>Creates one with its sentence.</summary>
    /// <param name="message">A sentence that says what is wrong and what to do.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with its sentence and cause.</summary>
    /// <param name="message">A sentence that says what is wrong and what to do.</param>
    /// <param name="innerException">The exception underneath.</param>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
