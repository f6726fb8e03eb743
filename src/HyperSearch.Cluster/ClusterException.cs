namespace HyperSearch.Cluster;

/// <summary>A campaign and its workers cannot come together; the message says why in a sentence, and what a person can do.</summary>
[GenerateSerializer, Alias("hypersearch.ClusterException")]
public sealed class ClusterException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public ClusterException()
    {
    }

    /// <summary>Makes one that says what is wrong.</summary>
    public ClusterException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what is wrong and what caused it.</summary>
    public ClusterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
