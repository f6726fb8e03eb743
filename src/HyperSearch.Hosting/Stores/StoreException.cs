namespace HyperSearch.Hosting.Stores;

/// <summary>A campaign's folder cannot be read or written; the message says what, where, and what would help.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public StoreException()
    {
    }

    /// <summary>Makes one that says what is wrong.</summary>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what is wrong and what caused it.</summary>
    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
