namespace HyperSearch.Training.Data;

/// <summary>Data or a model file that cannot be used; the message says what is wrong, where, and what would be right.</summary>
public sealed class DataException : Exception
{
    /// <summary>An exception whose message is for the user.</summary>
    /// <param name="message">One or two plain sentences.</param>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>An exception whose message is for the user, with its cause.</summary>
    /// <param name="message">One or two plain sentences.</param>
    /// <param name="cause">What the system said.</param>
    public DataException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
