using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Stores;

/// <summary>The paths of one campaign, and nothing else.</summary>
public sealed class CampaignFolder
{
    /// <summary>The built-in trainer's state in a checkpoint folder.</summary>
    internal const string TrainerFile = "trainer.bin";

    /// <summary>The measurements beside the trainer's state.</summary>
    internal const string MeasurementsFile = "measurements.json";

    /// <summary>Names a folder, which need not exist.</summary>
    /// <param name="path">The campaign's folder, absolute or relative to the current one.</param>
    public CampaignFolder(string path) => Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>The campaign's name: its folder's.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The campaign's copy of its search file.</summary>
    public string SearchPath => Inside("search.yaml");

    /// <summary>The journal: the append-only file that everything else is derived from.</summary>
    public string JournalPath => Inside("journal");

    /// <summary>The LiteDB index; may be deleted at any time that nobody owns the campaign.</summary>
    public string IndexPath => Inside("index.db");

    /// <summary>LiteDB's own log beside it.</summary>
    internal string IndexLogPath => Inside("index-log.db");

    /// <summary>The file that the owner locks. It stays when nobody owns the campaign.</summary>
    public string LockPath => Inside("lock");

    /// <summary>The file that names the owner of the lock, for messages.</summary>
    public string OwnerPath => Inside("owner.json");

    /// <summary>The live status, which the owner writes for observers.</summary>
    public string LivePath => Inside("live.json");

    /// <summary>What people write about the campaign.</summary>
    internal string NotesPath => Inside("notes.json");

    /// <summary>The pictures.</summary>
    public string PlotsPath => Inside("plots");

    /// <summary>The winner's model.</summary>
    public string ModelPath => Inside("model.bin");

    /// <summary>The log files of external commands.</summary>
    public string LogFolder => Inside("logs");

    /// <summary>The log of a job.</summary>
    internal string LogPath(Job job) =>
        System.IO.Path.Combine(LogFolder, FormattableString.Invariant($"{NameOf(job.Trial, job.Repeat)}-{job.FromEpochs}.log"));

    /// <summary>What the log of a job is called where it lies in the checkpoint of its trial, because another machine has sent both.
    /// </summary>
    internal static string SentLog(Job job) => FormattableString.Invariant($"{SentLogs}{job.FromEpochs}.log");

    /// <summary>What the names of such logs begin with.</summary>
    internal const string SentLogs = ".hypersearch-log-";

    /// <summary>The parent of all checkpoint folders.</summary>
    public string CheckpointsPath => Inside("checkpoints");

    /// <summary>Whether there is a campaign: a journal.</summary>
    public bool Exists => File.Exists(JournalPath);

    /// <summary>The folder of a trial's checkpoints: <c>checkpoints/000017</c>; of its second repeat
    /// <c>checkpoints/000017-repeat-2</c>.</summary>
    public string CheckpointFolder(int trial, int repeat = 0) => System.IO.Path.Combine(CheckpointsPath, NameOf(trial, repeat));

    /// <summary>The folder of the checkpoints of the winner's last training, on training and dev rows:
    /// <c>checkpoints/000017-last</c>.</summary>
    public string LastCheckpointFolder(int trial) => CheckpointFolder(trial) + "-last";

    /// <summary>The folder of the checkpoint that a trial began with, where it is a copy of another one: <c>checkpoints/000017-first</c>.
    /// </summary>
    internal string FirstCheckpointFolder(int trial) => CheckpointFolder(trial) + FirstCheckpoint;

    /// <summary>What the names of such folders end in.</summary>
    internal const string FirstCheckpoint = "-first";

    /// <summary>How files and folders of a trial, or of one of its repeats, are named.</summary>
    internal static string NameOf(int trial, int repeat) => repeat == 0
        ? trial.ToString("000000", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{trial:000000}-repeat-{repeat}");

    /// <summary>Every campaign of a results folder, by name.</summary>
    /// <param name="results">The results folder; it need not exist.</param>
    public static IEnumerable<CampaignFolder> In(string results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return !Directory.Exists(results)
            ? []
            : Directory.EnumerateDirectories(results)
                .Select(path => new CampaignFolder(path))
                .Where(folder => folder.Exists && !folder.Name.StartsWith('.'))
                .OrderBy(folder => folder.Name, StringComparer.Ordinal);
    }

    /// <summary>The campaign of a name under a results folder, or of a path.</summary>
    /// <exception cref="StoreException">There is none; the message names the nearest.</exception>
    public static CampaignFolder Find(string results, string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        var named = new CampaignFolder(System.IO.Path.Combine(results, nameOrPath));
        if (named.Exists)
            return named;
        var path = new CampaignFolder(nameOrPath);
        if (path.Exists)
            return path;
        var names = In(results).Select(folder => folder.Name).ToList();
        var help = names.Count == 0
            ? " There are no campaigns there yet; \"hypersearch run SEARCH.yaml\" makes one."
            : $"{Nearest.Hint(nameOrPath, names)} There are: {Nearest.List(names)}.";
        throw new StoreException($"There is no campaign \"{nameOrPath}\" under \"{results}\".{help}");
    }

    /// <summary>The links among the files and folders that a campaign keeps; nothing is written or removed behind one, because files there
    /// are not the campaign's.</summary>
    internal IEnumerable<string> Links()
    {
        string[] kept = [SearchPath, JournalPath, IndexPath, IndexLogPath, LockPath, OwnerPath, LivePath, ModelPath, NotesPath, LogFolder,
            PlotsPath, CheckpointsPath];
        foreach (var path in kept)
        {
            if (IsLink(path))
                yield return path;
        }

        if (IsLink(CheckpointsPath) || !Directory.Exists(CheckpointsPath))
            yield break;
        foreach (var path in Directory.EnumerateFileSystemEntries(CheckpointsPath).Where(IsLink).Order(StringComparer.Ordinal))
            yield return path;
    }

    /// <summary>Makes a folder inside the campaign, with its parents up to the campaign's own folder, which must be there.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="StoreException">The campaign's folder was moved or removed, or a link leads out of it.</exception>
    internal string Make(string path)
    {
        if (!Directory.Exists(Path))
            throw new StoreException(Removed);
        for (var inside = path; inside.Length > Path.Length; inside = System.IO.Path.GetDirectoryName(inside)!)
        {
            if (IsLink(inside))
                throw new StoreException(RefusalOf(inside));
        }

        var isCampaign = Exists;
        var made = Directory.CreateDirectory(path).FullName;
        if (!isCampaign || Exists)
            return made;
        RemoveEmpty(path); // the folder went between the two looks, and this made another in its place
        throw new StoreException(Removed);
    }

    private void RemoveEmpty(string path)
    {
        try
        {
            for (var inside = path; inside.Length >= Path.Length; inside = System.IO.Path.GetDirectoryName(inside)!)
                Directory.Delete(inside);
        }
        catch (IOException)
        {
            // Somebody has put something in: it is theirs.
        }
    }

    private string Removed => $"The campaign's folder \"{Path}\" was removed or moved while the campaign ran.";

    /// <summary>The reason why nothing is done while a campaign keeps a link.</summary>
    internal static string RefusalOf(string link) =>
        $"\"{link}\" is a link, and a campaign writes and removes nothing behind a link. Put a file or folder in its place.";

    /// <summary>Whether a path is a symbolic link, whether or not it leads anywhere.</summary>
    internal static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <inheritdoc/>
    public override string ToString() => Path;

    private string Inside(string name) => System.IO.Path.Combine(Path, name);
}
