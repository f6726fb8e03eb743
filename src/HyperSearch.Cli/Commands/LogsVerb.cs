using System.CommandLine;
using System.Globalization;
using System.Text;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cli.Commands;

/// <summary><c>logs</c>: the output of a trial's command, also while it runs.</summary>
internal sealed class LogsVerb : Verb
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);

    private readonly CampaignArgument _campaign;
    private readonly Argument<int> _trial = CheckedOption.TrialNumber();
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with new lines until the trial has ended." };

    /// <summary>Makes the verb.</summary>
    public LogsVerb(Shell shell)
        : base("logs", "Show the output of a trial's command.", shell, "logs python 17", "logs python 17 -f")
    {
        Add(_campaign = new CampaignArgument(shell));
        Add(_trial);
        Add(_follow);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var folder = CampaignFolders.Find(parse.GetRequiredValue(_campaign), Shell.ResultsFolder(parse));
        var trial = parse.GetRequiredValue(_trial);
        var follows = parse.GetValue(_follow);
        var shown = new Dictionary<string, long>();
        var life = new TrialLife(folder, trial);
        using var interruption = new Interruption(() => { });
        while (true)
        {
            var mayGoOn = follows && life.MayGoOn(); // asked first, so that nothing printed at the end is missed
            foreach (var path in TrialLogs.Paths(folder, trial))
                shown[path] = Show(path, shown.GetValueOrDefault(path), shown.Count > 0 && !shown.ContainsKey(path));
            Terminal.Flush();
            if (!mayGoOn || interruption.Token.IsCancellationRequested)
                break;
            await Task.Delay(Interval, Shell.Time, interruption.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (interruption.Token.IsCancellationRequested)
            return ExitCode.Interrupted;
        if (shown.Count > 0)
            return ExitCode.Done;
        var campaign = Campaign.Open(folder, Shell.Time);
        var snapshot = campaign.Read();
        if (snapshot.Trials.All(known => known.Number != trial) && campaign.ReadLive()?.Jobs.Any(job => job.Trial == trial) != true)
            throw ShowVerb.Unknown(snapshot, trial);
        throw CommandException.Usage(
            $"Trial {trial} of {folder.Name} has no log: commands leave one in {Paths.Shown(folder.LogFolder)} when they print more " +
            "than measurements, or fail.");
    }

    /// <summary>Shows a file from a place on.</summary>
    /// <returns>Its end, in bytes.</returns>
    private long Show(string path, long from, bool isNext)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length <= from)
            return from;
        if (isNext)
            Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{Paths.Shown(path)}:"));
        file.Position = from;
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (reader.ReadLine() is { } line)
            Terminal.Line(line.Replace('\t', ' '));
        return file.Position;
    }

    /// <summary>Whether a trial still runs, as far as the owner of its campaign tells: it does so once a second.</summary>
    private sealed class TrialLife(CampaignFolder folder, int trial)
    {
        /// <summary>The first report may be older than the trial, and the second may have been gathered before the first was
        /// read.</summary>
        private const int FirstCertain = 3;

        private DateTimeOffset? _last;
        private int _reports;

        /// <summary>False when the campaign does not run, or a report that is certainly newer than the first question has no job of the
        /// trial.</summary>
        public bool MayGoOn()
        {
            if (Campaign.Open(folder) is not { IsRunning: true } campaign)
                return false;
            if (campaign.ReadLive() is not { } live)
                return true;
            if (live.At != _last)
                (_last, _reports) = (live.At, _reports + 1);
            return _reports < FirstCertain || live.Jobs.Any(job => job.Trial == trial);
        }
    }
}
