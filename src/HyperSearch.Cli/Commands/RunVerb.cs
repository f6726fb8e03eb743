using System.CommandLine;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary><c>run</c>: launches a campaign.</summary>
internal sealed class RunVerb : Verb
{
    private readonly Argument<string> _search = new("SEARCH.yaml") { Description = "A search file, such as searches/digits.yaml." };
    private readonly Option<string?> _name =
        new("--name") { HelpName = "NAME", Description = "The campaign's name. Default: the search's." };
    private readonly Option<int?> _workers = CheckedOption.Workers();
    private readonly ListenOptions _listen = new();
    private readonly PlotsOption _plots = new();
    private readonly Option<int?> _trials = CheckedOption.WholeNumber("--trials", "N", "How many trials, instead of the file's.", 1);
    private readonly Option<ulong?> _seed = CheckedOption.Seed("--seed", "The campaign's seed, instead of the file's.");
    private readonly Option<string[]> _from = new("--from")
    {
        HelpName = "CAMPAIGN",
        Description = "Try the best configurations of an earlier campaign first; given several times, those that did well together.",
    };
    private readonly Option<TimeSpan?> _timeout =
        CheckedOption.Duration("--timeout", "The longest the campaign may run, such as 90s, 10m or 2h.");

    private readonly Option<string[]> _set = SearchOverrides.Set();

    /// <summary>Makes the verb.</summary>
    public RunVerb(Shell shell)
        : base(
            "run", "Launch a campaign from a search file.", shell, "run searches/digits.yaml",
            "run searches/digits.yaml --name digits-2 --trials 40 --seed 7 --timeout 10m",
            "run searches/digits.yaml --name digits-3 --from digits --from digits-2",
            "run searches/digits.yaml --set method.sampler=gp --set \"space.l2={log: [1e-5, 1e-2]}\"")
    {
        Add(_search);
        Add(_name);
        Add(_workers);
        Add(_trials);
        Add(_seed);
        Add(_timeout);
        _plots.AddTo(this);
        _listen.AddTo(this);
        Add(_set);
        _from.CompletionSources.Add(context => CampaignFolders.Names(Shell.ResultsFolder(context.ParseResult)));
        Add(_from);
    }

    /// <inheritdoc/>
    public override string Remark => "A search whose objective is a command runs on Linux only.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var path = parse.GetRequiredValue(_search);
        var workers = parse.GetValue(_workers);
        var (file, text) = SearchOverrides.Read(path, parse.GetValue(_set) ?? [], Terminal);
        var search = file.With(parse.GetValue(_trials), workers is 0 ? null : workers, parse.GetValue(_timeout), parse.GetValue(_seed));
        var results = Shell.ResultsFolder(parse);
        var name = parse.GetValue(_name) ?? search.Name;
        NewCampaign.RefuseName(results, name);
        search = SlotLaw.Begin(search, workers ?? search.Workers ?? Environment.ProcessorCount);
        var door = _listen.Read(parse, workers, search, Path.Combine(results, name), Terminal);
        if (parse.GetValue(_from) is { Length: > 0 } earlier)
            search = search with { From = new WarmStart([.. earlier]) };
        search = EarlierCampaigns.Take(search, path, results, Terminal);
        // reads the data: a fault of theirs is said before anything is made
        var objective = ObjectiveFactory.Create(search, Shell.Time);
        Signals.HoldBack(); // until the session listens: a campaign is made whole or not at all
        var campaign = NewCampaign.Create(results, name, path, text, search, objective, Shell.Time);
        var description = SearchDescription.Of(search);
        foreach (var choice in new[] { description.ScheduleChoice, description.Choice }.OfType<string>())
            Shell.Terminal.Note($"{choice}.");
        if (objective.DataSummary?.ConstantSentence is { } constant)
            Shell.Terminal.Note($"{char.ToUpperInvariant(constant[0])}{constant[1..]}.");
        return await new Session(Shell, results, parse.GetValue(Shell.Verbose), _plots.Read(parse))
            .RunAsync(search, objective, campaign, door: door);
    }
}
