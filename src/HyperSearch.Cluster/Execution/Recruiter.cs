using System.Globalization;
using System.IO.Hashing;
using System.Text;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Grains;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster.Execution;

/// <summary>Brings the workers of every machine that knocks at this host's door to its campaign.</summary>
internal sealed class Recruiter(
    ClusterHostOptions options, CampaignDoor door, SessionFiles files, TimeProvider time, ILogger<Coordinator> logger) : IRecruiter
{
    /// <inheritdoc/>
    public IWorkers Recruit(CampaignRequest request, JobRunner runner, Campaign campaign)
    {
        var bundle = request.Search.Objective is CommandDefinition { Files.IsEmpty: false } command
            ? CommandBundle.Of(command.WorkingDirectory, command.Files)
            : null;
        var inputs = InputFiles.Of(request.Search, bundle);
        var shared = options.Shared is { } dir ? SharedFolder.Offer(dir, request.Folder) : null;
        var coordinator = new Coordinator(
            FactsOf(request, campaign) with { Inputs = inputs.All, Bundle = bundle?.Manifest, Shared = shared }, request.Search.Slots,
            OwnOf(request, runner), Missing(campaign),
            job => Directory.Exists(request.Folder.CheckpointFolder(job.Trial, job.Repeat)), new LeaseRules(), time, logger);
        var mostBytes = shared is null ? Manifest.MostBytes : long.MaxValue;
        files.Open(new FilesDoor(
            inputs, new CheckpointDoor(request.Folder, coordinator.WhileOpen, mostBytes),
            new LogDoor(request.Folder, coordinator.WhileOpen)));
        door.Open(coordinator);
        return coordinator;
    }

    private HostFacts FactsOf(CampaignRequest request, Campaign campaign)
    {
        var created = campaign.Events.OfType<CampaignCreated>().First();
        var identity = string.Create(CultureInfo.InvariantCulture, $"{created.At:O} {created.Seed} {created.SearchText}");
        var search = request.Search;
        return new HostFacts
        {
            Campaign = request.Folder.Name,
            Identity = Convert.ToHexString(XxHash128.Hash(Encoding.UTF8.GetBytes(identity))),
            SearchText = SearchText.Of(search, "HyperSearch"),
            SearchFolder = created.SearchFolderFrom(request.Folder),
            DataFingerprint = request.Objective.DataFingerprint,
            Numerics = search.Relaxed ? null : Protocol.Numerics,
            Program = search.Objective is DelegateDefinition && !options.AnyProgram ? Protocol.Program : null,
            Needs = search.Needs,
            HasCommand = search.Objective is CommandDefinition,
            Named = search.Objective is CommandDefinition command ? CommandPlace.FilesOf(command) : [],
        };
    }

    private OwnWorkers? OwnOf(CampaignRequest request, JobRunner runner)
    {
        var wanted = options.OwnWorkers ?? request.Workers;
        var threads = request.Search.AutoSlots ? wanted : Math.Min(wanted, request.Search.Slots);
        if (threads == 0)
            return null;
        var workers = new LocalWorkers(runner, threads, threads, request.Search.Limits.TrialTimeout, time, logger);
        return new OwnWorkers(Protocol.Introduce(threads, [], runsCommands: true), workers, new LeaseRules(), time, logger);
    }

    /// <summary>The processes that had joined a session that was killed: they may still run jobs of it.</summary>
    private static Dictionary<string, WorkerJoined>.KeyCollection Missing(Campaign campaign)
    {
        var own = "";
        var missing = new Dictionary<string, WorkerJoined>();
        foreach (var entry in campaign.Events)
        {
            switch (entry)
            {
                case SessionStarted session:
                    missing.Clear();
                    own = FormattableString.Invariant($"{session.Machine} {session.Process}");
                    break;
                case SessionEnded:
                    missing.Clear();
                    break;
                case WorkerJoined joined when FormattableString.Invariant($"{joined.Machine} {joined.Process}") != own:
                    missing[joined.Name] = joined; // the host's own threads died with it
                    break;
                case WorkerLeft left:
                    missing.Remove(left.Name);
                    break;
            }
        }

        return missing.Keys;
    }
}
