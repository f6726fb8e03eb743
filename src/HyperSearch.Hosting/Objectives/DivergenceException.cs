namespace HyperSearch.Hosting.Objectives;

/// <summary>Training left the numbers: the trial is kept as diverged, ranked last, and not tried again.</summary>
public sealed class DivergenceException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public DivergenceException()
    {
    }

    /// <summary>Makes one that says what happened.</summary>
    public DivergenceException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what happened and what caused it.</summary>
    public DivergenceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
