using System.CommandLine;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary><c>resume</c>: continues a campaign that was interrupted, or extends one that finished.</summary>
internal sealed class ResumeVerb : Verb
{
    private readonly CampaignArgument _campaign;
    private readonly Option<int?> _trials =
        CheckedOption.WholeNumber("--trials", "N", "How many trials in all; more than before extends the campaign, also while it runs.", 1);
    private readonly Option<int?> _workers = CheckedOption.Workers();
    private readonly ListenOptions _listen = new();
    private readonly PlotsOption _plots = new();
    private readonly Option<TimeSpan?> _timeout =
        CheckedOption.Duration("--timeout", "The longest the campaign may run over all its sessions, such as 90s, 10m or 2h.");

    private readonly Option<bool> _retryFailed = new("--retry-failed")
    {
        Description = "Start failed trials again, as new trials; their failure stays on record.",
    };

    /// <summary>Makes the verb.</summary>
    public ResumeVerb(Shell shell)
        : base("resume", "Continue a campaign that was interrupted, or extend one that finished.", shell, "resume digits",
            "resume digits --trials 240",
            "resume digits --retry-failed")
    {
        Add(_campaign = new CampaignArgument(shell));
        Add(_trials);
        Add(_workers);
        Add(_timeout);
        _plots.AddTo(this);
        _listen.AddTo(this);
        Add(_retryFailed);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var results = Shell.ResultsFolder(parse);
        var workers = parse.GetValue(_workers);
        var folder = CampaignFolders.Find(parse.GetRequiredValue(_campaign), results);
        var campaign = Campaign.Open(folder, Shell.Time);
        if (campaign.IsRunning && WishesOf(parse) is [_, ..] wishes)
            return await AskAsync(parse, folder, wishes, stop);
        var again = parse.GetValue(_retryFailed) ? campaign.FailedTrials() : [];
        if (parse.GetValue(_retryFailed) && again.IsEmpty)
            throw CommandException.Usage($"{folder.Name} has no failed trial that could start again.");
        var search = Definition(campaign, parse.GetValue(_trials), again.Length)
            .With(trials: null, workers is 0 ? null : workers, parse.GetValue(_timeout), seed: null);
        var door = _listen.Read(parse, workers, search, folder.Path, Terminal);
        foreach (var edit in campaign.Edits())
            Terminal.Note($"Taken from the edited {Path.GetRelativePath(".", folder.SearchPath)}: {edit}");
        var objective = ObjectiveFactory.Create(search, Shell.Time);
        return await new Session(Shell, results, parse.GetValue(Shell.Verbose), _plots.Read(parse))
            .RunAsync(search, objective, campaign, again, door);
    }

    /// <summary>What its owner can do of it while the campaign runs; empty where only another session could.</summary>
    private Wish[] WishesOf(ParseResult parse) =>
    [
        .. parse.GetValue(_trials) is { } trials ? new[] { new Wish(WishKind.MoreTrials) { Trials = trials } } : [],
        .. parse.GetValue(_retryFailed) ? new[] { new Wish(WishKind.RetryFailed) } : [],
    ];

    /// <summary>Asks the owner of a campaign that runs for all that the command line wishes.</summary>
    /// <exception cref="CommandException">It says something that only a new session could do, or a wish was not fulfilled.</exception>
    private async Task<int> AskAsync(ParseResult parse, CampaignFolder folder, Wish[] wishes, CancellationToken stop)
    {
        Option[] ofSessions = [_workers, _timeout, _plots.Option, .. _listen.All];
        if (Array.Find(ofSessions, option => parse.GetResult(option) is { Implicit: false }) is { } late)
        {
            throw CommandException.Usage(
                $"{folder.Name} is running, and {late.Name} is for a session that begins. Leave it out, or stop the campaign first: "
                    + $"hypersearch stop {Paths.Quoted(folder.Name)}");
        }

        foreach (var wish in wishes)
            await WishVerb.AskAsync(folder, wish, Terminal, stop);
        return ExitCode.Done;
    }

    /// <summary>The campaign's own search file as it is now; an edit that its trials do not allow is refused with the difference.</summary>
    private static Search Definition(Campaign campaign, int? trials, int again)
    {
        try
        {
            return campaign.Continue(trials, again);
        }
        catch (CampaignException refusal)
        {
            throw CommandException.Usage(refusal.Message, refusal);
        }
    }
}
