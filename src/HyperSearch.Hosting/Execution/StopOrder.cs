namespace HyperSearch.Hosting.Execution;

/// <summary>A person's order to end a job early.</summary>
/// <param name="Job">The job's number.</param>
/// <param name="Epoch">The first epoch at which it may end: it ends with its first measurement there or later.</param>
/// <param name="Reason">The reason, for people; it becomes the outcome's.</param>
internal sealed record StopOrder(int Job, int Epoch, string Reason)
{
    /// <summary>The reason of every job that a person stops.</summary>
    public const string ByHand = "stopped by hand";
}
