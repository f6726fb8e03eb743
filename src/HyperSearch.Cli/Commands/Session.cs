using System.Collections.Immutable;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cli.Commands;

/// <summary>One session of a campaign on the command line: the host, progress, interruption, and the results at the end.</summary>
/// <param name="shell">The shell that it runs in.</param>
/// <param name="results">The results folder, as the command line named it.</param>
/// <param name="verbose">Whether to show log messages of the level of information.</param>
/// <param name="plots">The kinds of pictures to draw at the end; <c>null</c> for all that have something to show.</param>
internal sealed class Session(Shell shell, string results, bool verbose, IReadOnlyList<string>? plots)
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(9);

    /// <summary>Writes the ranking while the winner is judged, which takes as long as training it several times.</summary>
    private Task? _answer;

    /// <summary>Runs until the campaign is done or interrupted.</summary>
    /// <param name="search">The definition in force.</param>
    /// <param name="objective">The objective, which evaluates trials.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="again">The failed trials that start again.</param>
    /// <param name="door">The door to workers on other machines; <c>null</c> for none.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        Search search, IObjective objective, Campaign campaign, ImmutableArray<int> again = default, ClusterHost? door = null)
    {
        var folder = campaign.Folder;
        var ending = await WorkAsync(new CampaignRequest(search, objective, folder)
        {
            Campaign = campaign,
            Again = again.IsDefault ? [] : again,
            FromCommand = true,
        }, door);
        var told = await ToldAsync();
        if (ending is null)
            return Interrupted(folder, door,
                "Interrupted; a trial did not leave in time, and its epochs since the last checkpoint will be run again.");
        if (!ending.Finished)
            return Interrupted(folder, door, $"Interrupted after {ending.Progress.Trials} of {ending.Progress.Planned} trials.");
        if (ending.NothingToDo)
            return NothingToDo(search, campaign, ending);
        Signals.Say($"Interrupted when the campaign had ended. To see what it found: hypersearch best {Reference(folder)}");
        return Summary.Write(shell.Terminal, campaign.Read(), ending, Reference(folder), WayOn(search, campaign, ending), plots, told);
    }

    /// <summary>Whether the ranking has been written already.</summary>
    private async Task<bool> ToldAsync()
    {
        try
        {
            if (_answer is not null)
                await _answer;
            return _answer is not null;
        }
        catch (StoreException)
        {
            return false; // the campaign could not be read, which the summary will find too
        }
    }

    /// <summary>Runs the host; signals are ours as long as there is work to stop.</summary>
    /// <returns>How it ended; <c>null</c> when it was interrupted and did not end in time.</returns>
    private async Task<CampaignEnding?> WorkAsync(CampaignRequest request, ClusterHost? door)
    {
        var terminal = shell.Terminal;
        var watch = new ProgressWatch(
            terminal, request.Folder.Name, request.Search, shell.Time, request.Objective.WorkPerEpoch)
        {
            OwnWorkers = door is null ? null : door.OwnWorkers ?? request.Workers,
        };
        using var interruption = new Interruption(
            () => terminal.Note("Stopping; trials in hand write their checkpoints. Ctrl-C again ends at once."),
            () =>
            {
                terminal.EndLive();
                terminal.Note($"Interrupted at once; what the last checkpoints lack will be run again. {ToGoOn(request.Folder, door)}");
            });
        using var host = Build(request, watch, door);
        var service = host.Services.GetRequiredService<CampaignService>();
        watch.Now = () => service.Progress;
        watch.Ranked = () => _answer ??= Task.Run(
            () => Summary.WriteRanking(terminal, Campaign.Open(request.Folder, shell.Time).Read()));
        var showing = watch.ShowAsync();
        try
        {
            await host.StartAsync(CancellationToken.None); // a campaign that is interrupted at once says so as one that ran
            await host.WaitForShutdownAsync(interruption.Token);
            return await service.Ending.WaitAsync(TimeSpan.FromSeconds(1), shell.Time);
        }
        catch (TimeoutException) when (interruption.Token.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            watch.Stop();
            await showing;
        }
    }

    private IHost Build(CampaignRequest request, ICampaignObserver watch, ClusterHost? door)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Debug);
        builder.Logging.AddProvider(new TerminalLogger(shell.Terminal, verbose));
        // the host would tell a fault too, which the verb itself tells
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddSingleton(shell.Time);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(watch);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = LongestDrain);
        door?.For(request.Folder, shell.Terminal).Invoke(builder);
        builder.Services.AddHyperSearch(request);
        return builder.Build();
    }

    /// <summary>The command that takes a campaign further that has come to its end: with more time when that was up, else with more
    /// trials; <c>null</c> where every point was tried.</summary>
    private string? WayOn(Search search, Campaign campaign, CampaignEnding ending)
    {
        var resume = $"hypersearch resume {Reference(campaign.Folder)}";
        if (!ending.TimeIsUp)
            return ending.Exhausted || search.Space.Count <= ending.Progress.Planned ? null
                : $"{resume} --trials {2 * ending.Progress.Planned}";
        var now = campaign.Read();
        if (!(now.Search.Limits.Time?.TotalSeconds <= now.ElapsedSeconds))
            return resume; // the limit came from the command line, and does not hold for another session
        var limit = 2 * Math.Ceiling(Math.Max(search.Limits.Time?.TotalSeconds ?? 0, now.ElapsedSeconds));
        return $"{resume} --timeout {DurationShape.Write(TimeSpan.FromSeconds(limit))}";
    }

    private int NothingToDo(Search search, Campaign campaign, CampaignEnding ending)
    {
        var folder = campaign.Folder;
        var more = ending.FailedTooOften
            ? $"Once the cause is mended: hypersearch resume {Reference(folder)} --retry-failed. "
            : WayOn(search, campaign, ending) is { } wayOn ? $"{(ending.TimeIsUp ? "To go on" : "More trials")}: {wayOn}. " : "";
        shell.Terminal.Note($"Nothing to do: {ending.Reason}. {more}Results: hypersearch rank {Reference(folder)}");
        return ending.AnySucceeded ? ExitCode.Done : ExitCode.Failed;
    }

    private int Interrupted(CampaignFolder folder, ClusterHost? door, string sentence)
    {
        shell.Terminal.Flush();
        shell.Terminal.Note($"{sentence} {ToGoOn(folder, door)}");
        return ExitCode.Interrupted;
    }

    private string ToGoOn(CampaignFolder folder, ClusterHost? door) =>
        $"To go on: hypersearch resume {Reference(folder)}{door?.Again}";

    /// <summary>The campaign as a command line would name it.</summary>
    private string Reference(CampaignFolder folder)
    {
        if (Path.GetFullPath(Path.Combine(results, folder.Name)) != folder.Path)
            return Paths.Quoted(Paths.Shown(folder.Path));
        return results == "results" ? Paths.Quoted(folder.Name) : $"{Paths.Quoted(folder.Name)} --results {Paths.Quoted(results)}";
    }
}
