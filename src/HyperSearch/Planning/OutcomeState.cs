namespace HyperSearch.Planning;

/// <summary>The state in which a job, and so a trial, ended.</summary>
public enum OutcomeState
{
    /// <summary>The job did all its epochs and gave a finite value. (A trial whose schedule never sent it further than a lower rung counts
    /// as stopped.)</summary>
    Completed,

    /// <summary>It was ended early by its stop rule; its value is the one after the epochs that it had.</summary>
    Stopped,

    /// <summary>The metric was missing, NaN or infinite: kept, ranked last, never fatal.</summary>
    Diverged,

    /// <summary>It threw or its process died, on every attempt.</summary>
    Failed,

    /// <summary>It ran longer than its limit.</summary>
    TimedOut,
}
