namespace HyperSearch.Planning;

/// <summary>What tells a job from every other of its campaign: one of the search by its number, a repeat by its trial and which repeat it
/// is.</summary>
/// <remarks>So a campaign that is extended after its leaders were confirmed numbers the search's jobs on, and a leader that is one again is
/// not repeated anew.</remarks>
/// <param name="Number">The job's number; of a repeat the trial's.</param>
/// <param name="Repeat">From 1; 0 for the search's own jobs.</param>
internal readonly record struct JobKey(int Number, int Repeat)
{
    public static JobKey Of(int job, int trial, int repeat) => repeat == 0 ? new(job, 0) : new(trial, repeat);

    public override string ToString() => Repeat == 0 ? $"job {Number}" : $"repeat {Repeat} of trial {Number}";
}
