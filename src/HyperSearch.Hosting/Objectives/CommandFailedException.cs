namespace HyperSearch.Hosting.Objectives;

/// <summary>A command failed in a way that a second try will not mend: its program is missing, or it says so itself.</summary>
public sealed class CommandFailedException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public CommandFailedException()
    {
    }

    /// <summary>Makes one that says what is wrong and what would help.</summary>
    public CommandFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what is wrong and what caused it.</summary>
    public CommandFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
