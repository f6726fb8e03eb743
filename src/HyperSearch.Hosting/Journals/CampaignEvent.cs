using System.Collections.Immutable;
using System.Text.Json.Serialization;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;

namespace HyperSearch.Hosting.Journals;

/// <summary>An event in a campaign's life; outcomes are a type of their own.</summary>
/// <param name="At">The moment, UTC.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(CampaignCreated), "campaign_created")]
[JsonDerivedType(typeof(SessionStarted), "session_started")]
[JsonDerivedType(typeof(SessionEnded), "session_ended")]
[JsonDerivedType(typeof(WinnerJudged), "winner_judged")]
[JsonDerivedType(typeof(WorkerJoined), "worker_joined")]
[JsonDerivedType(typeof(WorkerLeft), "worker_left")]
[JsonDerivedType(typeof(SlotsChanged), "slots_changed")]
[JsonDerivedType(typeof(TrialsChanged), "trials_changed")]
[JsonDerivedType(typeof(PointEnqueued), "point_enqueued")]
[JsonDerivedType(typeof(TrialStopped), "trial_stopped")]
[JsonDerivedType(typeof(CampaignPaused), "campaign_paused")]
public abstract record CampaignEvent(DateTimeOffset At);

/// <summary>The first event of every campaign: how it was created.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="SearchFolder">The folder that relative paths of the search file start from, absolute; empty where
/// <paramref name="RelativeSearchFolder"/> leads there.</param>
/// <param name="RelativeSearchFolder">The same, from the campaign's folder, so that a campaign and its data move together.</param>
/// <param name="Seed">The seed in force: the file's, or that of the command line.</param>
/// <param name="DataFingerprint">A hash of the data and their split; <c>null</c> where the objective has no data of ours.</param>
public sealed record CampaignCreated(DateTimeOffset At, string SearchFolder, string RelativeSearchFolder, ulong Seed,
    string? DataFingerprint) : CampaignEvent(At)
{
    /// <summary>The text of the search file as the campaign began, so that a later edit of the campaign's copy is seen.</summary>
    public string SearchText { get; init; } = "";

    /// <summary>The trials that were taken from an earlier campaign, so that this one needs it no more; <c>null</c> when none
    /// were.</summary>
    public EarlierTrials? Earlier { get; init; }

    /// <summary>Rows of the dev set; <c>null</c> where the objective has no data of ours.</summary>
    public int? DevRows { get; init; }

    /// <summary>The slots that were chosen for the workers of the beginning; <c>null</c> where the search says how many.</summary>
    public int? Slots { get; init; }

    /// <summary>How many trials were asked for, by the file or the command line: the session that was to say so may have been killed
    /// before its first record. <c>null</c> in journals older than this field.</summary>
    public int? Trials { get; init; }

    /// <summary>The edition of the samplers' laws; <c>null</c> in journals of versions that knew only the first.</summary>
    public int? Edition { get; init; }

    /// <summary>The folder that relative paths of the search file start from.</summary>
    /// <remarks>An older journal has the absolute folder, and that one counts while it exists; else the relative folder does, from a
    /// campaign that moved with its data.</remarks>
    /// <param name="folder">The campaign.</param>
    public string SearchFolderFrom(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Directory.Exists(SearchFolder) ? SearchFolder : Path.GetFullPath(RelativeSearchFolder, folder.Path);
    }

    /// <summary>The event of a campaign that is created now. The absolute folder is kept only where the campaign and its search file have
    /// no folder in common.</summary>
    /// <param name="at">When, UTC.</param>
    /// <param name="folder">The campaign.</param>
    /// <param name="searchFolder">The folder that relative paths of its search file start from.</param>
    internal static CampaignCreated In(DateTimeOffset at, CampaignFolder folder, string searchFolder)
    {
        var absolute = Path.GetFullPath(searchFolder);
        var relative = Path.GetRelativePath(folder.Path, absolute);
        var apart = Path.IsPathRooted(relative) || Path.GetFullPath(AboveAll(relative), folder.Path) == Path.GetPathRoot(folder.Path);
        return new CampaignCreated(at, apart ? absolute : "", relative.Replace('\\', '/'), 0, null);
    }

    /// <summary>The definition in force: a reading of the search file with the settings that were fixed when the campaign began.</summary>
    internal Search InForce(Search file) => file with
    {
        Seed = Seed,
        Earlier = Earlier,
        Slots = Slots ?? file.Slots,
        Edition = Edition ?? LawEdition.First,
    };

    /// <summary>The steps upwards that a relative path begins with.</summary>
    private static string AboveAll(string relative) =>
        Path.Combine([".", .. relative.Split(Path.DirectorySeparatorChar).TakeWhile(step => step == "..")]);
}

/// <summary>A process took the campaign up.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="Trials">How many trials it was asked to reach in all.</param>
/// <param name="Workers">How many worker threads.</param>
public sealed record SessionStarted(DateTimeOffset At, int Process, string Machine, int Trials, int Workers) : CampaignEvent(At)
{
    /// <summary>The first job that <see cref="Trials"/> holds for; <c>null</c> in journals older than this field, where it is the one after
    /// all jobs before the record.</summary>
    public int? FromJob { get; init; }

    /// <summary>Whether it has fewer jobs under way while failures in a row are about to end the search; false in journals older than this
    /// field.</summary>
    public bool HoldsBack { get; init; }

    /// <summary>The failed trials that the session was asked to start again, as new trials.</summary>
    public ImmutableArray<int> Again { get; init; } = [];
}

/// <summary>A process left the campaign in an orderly way.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Seconds">How long the session took.</param>
/// <param name="Finished">Whether nothing was left to do; otherwise it was interrupted.</param>
/// <param name="Reason">Why it ended, for people.</param>
public sealed record SessionEnded(DateTimeOffset At, double Seconds, bool Finished, string Reason) : CampaignEvent(At);

/// <summary>The winner was evaluated on the test set.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Verdict">The winner's scores.</param>
public sealed record WinnerJudged(DateTimeOffset At, Verdict Verdict) : CampaignEvent(At);

/// <summary>A worker process, here or on another machine, joined a session.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Name">The process's name, new with each process.</param>
/// <param name="First">The number of its first worker; the others follow.</param>
/// <param name="Slots">How many jobs it runs at a time: one a worker.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Cores">How many cores it may use.</param>
/// <param name="Labels">The labels that it was given, such as <c>gpu=a100</c>.</param>
public sealed record WorkerJoined(
    DateTimeOffset At, string Name, int First, int Slots, string Machine, int Process, int Cores,
    ImmutableSortedDictionary<string, string> Labels) : CampaignEvent(At);

/// <summary>A worker process left a session, or was not heard of for too long.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Name">The process's name.</param>
/// <param name="First">The number of its first worker, which is free again.</param>
/// <param name="Reason">The reason, for people.</param>
public sealed record WorkerLeft(DateTimeOffset At, string Name, int First, string Reason) : CampaignEvent(At);

/// <summary>The campaign has another number of slots from some job on, because more workers joined.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="FromJob">The first job that is decided under it.</param>
/// <param name="Slots">How many slots.</param>
public sealed record SlotsChanged(DateTimeOffset At, int FromJob, int Slots) : CampaignEvent(At);
