using HyperSearch.Planning;

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

    /// <summary>The job in whose hands its own campaign's store failed, which stops that campaign; <c>null</c> where an objective met the
    /// failure of another campaign, as a function that runs or reads one does.</summary>
    internal Job? Job { get; set; }
}
