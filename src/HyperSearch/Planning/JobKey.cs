namespace HyperSearch.Planning;

/// <summary>The key of a job within its campaign: a job of the search has its number, a repeat has its trial and its own number
/// there.</summary>
/// <remarks>So a campaign that is extended after its leaders were confirmed numbers the search's jobs on, and a leader that is one again is
/// not repeated anew.</remarks>
/// <param name="Number">The job's number; of a repeat the trial's.</param>
/// <param name="Repeat">From 1; 0 for the search's own jobs.</param>
internal readonly record struct JobKey(int Number, int Repeat)
{
    public static JobKey Of(int job, int trial, int repeat) => repeat == 0 ? new(job, 0) : new(trial, repeat);

    public override string ToString() => Repeat == 0 ? $"job {Number}" : $"repeat {Repeat} of trial {Number}";
}
