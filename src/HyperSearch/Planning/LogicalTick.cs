namespace HyperSearch.Planning;

/// <summary>When a job ends on the logical clock.</summary>
/// <param name="End">The logical time.</param>
/// <param name="Job">The job's number; earlier jobs come first among equal ends.</param>
internal sealed record LogicalTick(double End, int Job) : IComparable<LogicalTick>
{
    public int CompareTo(LogicalTick? other)
    {
        if (other is null)
            return 1;
        var byEnd = End.CompareTo(other.End);
        return byEnd != 0 ? byEnd : Job.CompareTo(other.Job);
    }
}
