namespace HyperSearch.Training;

/// <summary>
/// A hyperparameter that does not exist or a value that it cannot take. The message says which law, which value, and what would be right.
/// </summary>
public sealed class HyperparameterException : ArgumentException
{
    /// <summary>Creates one without a message.</summary>
    public HyperparameterException()
    {
    }

    /// <summary>Creates one with its sentence.</summary>
    /// <param name="message">Law, value, way out.</param>
    public HyperparameterException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with its sentence and cause.</summary>
    /// <param name="message">Law, value, way out.</param>
    /// <param name="innerException">The exception underneath.</param>
    public HyperparameterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
