namespace HyperSearch.Planning;

/// <summary>A campaign cannot start or go on; the message says what is wrong and what would be right.</summary>
public sealed class CampaignException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public CampaignException()
    {
    }

    /// <summary>Makes one that says what is wrong.</summary>
    public CampaignException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what is wrong and what caused it.</summary>
    public CampaignException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
