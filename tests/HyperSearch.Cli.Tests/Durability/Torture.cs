using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Durability;

/// <summary>A folder with a search that is killed again and again.</summary>
internal sealed partial class Torture : IDisposable
{
    /// <summary>In CI none: a fourth of its processor time would go to pictures that nothing here looks at.</summary>
    private static readonly string Pictures = KillRounds.Each is null ? "none" : "all";

    private readonly TortureKind _kind;

    /// <summary>Makes the folder.</summary>
    public Torture(TortureKind kind)
    {
        _kind = kind;
        Place.Write("torture.yaml", kind.Search);
        Place.Write("points.csv", Points());
        Place.Write("worker.py", TortureKind.WorkerProgram);
        Place.Write("once.py", TortureKind.OnceProgram);
    }

    /// <summary>Where it happens.</summary>
    public Workplace Place { get; } = new();

    /// <summary>The folder of a campaign.</summary>
    public CampaignFolder Folder(string campaign) => new(Place.PathOf(Path.Combine("results", campaign)));

    /// <summary>Starts a campaign, or goes on with it once there is one.</summary>
    public Running Start(string campaign) =>
        Folder(campaign).Exists
            ? Place.Start("resume", campaign, "--verbose", "--plots", Pictures)
            : Place.Start("run", "torture.yaml", "--name", campaign, "--verbose", "--plots", Pictures);

    /// <summary>The ranked table, times aside.</summary>
    public string Ranking(string campaign)
    {
        var rank = Place.Run("rank", campaign, "--json");
        Assert.True(rank.Code == 0, rank.Error);
        return Seconds().Replace(rank.Output, "");
    }

    /// <summary>The winner's model; none where no network is trained.</summary>
    public byte[] Model(string campaign) => File.Exists(Folder(campaign).ModelPath) ? File.ReadAllBytes(Folder(campaign).ModelPath) : [];

    /// <summary>Waits until no process lives any more that was started here, by its environment.</summary>
    /// <returns>Whether that came to pass.</returns>
    public bool IsQuiet() => Patience.Until(() => !Programs.LiveWith($"TMPDIR={Place.Temporary}"), TimeSpan.FromSeconds(20));

    /// <summary>Runs a campaign, or the rest of it, undisturbed.</summary>
    /// <returns>How long its sessions took in all.</returns>
    public TimeSpan Finish(string campaign)
    {
        using var running = Start(campaign);
        var run = running.Finish();
        Assert.True(run.Code == 0, run.Error);
        return TimeSpan.FromSeconds(Place.Read("status", campaign).GetProperty("elapsed_seconds").GetDouble());
    }

    /// <summary>Waits until a process that was just started has written more to the journal than so many bytes, the first of which say that
    /// it has taken the campaign up, or has ended.</summary>
    public void AwaitJournal(string campaign, long length, Task ended) =>
        Patience.Until(() => ended.IsCompleted || JournalLength(campaign) > length, TimeSpan.FromMinutes(2));

    /// <summary>How long a campaign's journal is, in bytes; 0 before it exists.</summary>
    public long JournalLength(string campaign) =>
        new FileInfo(Folder(campaign).JournalPath) is { Exists: true } journal ? journal.Length : 0;

    /// <summary>The outcomes of a campaign, each as a line with all that must never change.</summary>
    public IReadOnlyList<string> Facts(string campaign) =>
        !Folder(campaign).Exists ? [] : [.. Campaign.Open(Folder(campaign)).ReadOutcomes().Select(Fact)];

    /// <summary>The events of a campaign.</summary>
    public ImmutableArray<CampaignEvent> Events(string campaign)
    {
        var opened = Campaign.Open(Folder(campaign));
        opened.ReadOutcomes();
        return [.. opened.Events];
    }

    /// <summary>The jobs that have an outcome.</summary>
    public IReadOnlyList<int> Jobs(string campaign) =>
        [.. Campaign.Open(Folder(campaign)).ReadOutcomes().Select(outcome => outcome.Job)];

    /// <summary>The jobs that a process had told of, on stderr, as ended and on disk.</summary>
    public static IReadOnlyList<int> Acknowledged(string notes) =>
        [.. OnDisk().Matches(notes).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    public void Dispose() => Place.Dispose();

    /// <summary>Points of two classes that no line parts, so that every configuration gives a value of its own.</summary>
    private static string Points() => "x,y,side\n" + string.Concat(Enumerable.Range(0, 400).Select(i =>
    {
        var (angle, radius) = (i * 0.37, 0.5 + (i * 53 % 97 / 97.0));
        var side = (Math.Sin(3 * angle) > 0) ^ (i % 11 == 0);
        return string.Create(CultureInfo.InvariantCulture,
            $"{radius * Math.Cos(angle):F6},{radius * Math.Sin(angle):F6},{(side ? "left" : "right")}\n");
    }));

    private static string Fact(Outcome outcome) => string.Create(
        CultureInfo.InvariantCulture,
        $"{outcome.Job} {outcome.Trial} {outcome.State} {outcome.Value:R} {outcome.Started:O} {outcome.Seconds:R} {outcome.Point}");

    [GeneratedRegex("""\s*"seconds": [^\n]*""")]
    private static partial Regex Seconds();

    [GeneratedRegex("^Job ([0-9]+) of trial [0-9]+ is on disk", RegexOptions.Multiline)]
    private static partial Regex OnDisk();
}
