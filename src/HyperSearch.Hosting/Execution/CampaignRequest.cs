using System.Collections.Immutable;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>One session of work on a campaign whose folder exists.</summary>
/// <param name="Search">The definition in force: seed, trials and limits of this session included.</param>
/// <param name="Objective">Evaluates its trials, ready to run. The session disposes it when it is disposable.</param>
/// <param name="Folder">The folder where the campaign is kept.</param>
public sealed record CampaignRequest(Search Search, IObjective Objective, CampaignFolder Folder)
{
    /// <summary>The objective, ready to run.</summary>
    public IObjective Objective { get; init; } = Objective ?? throw new ArgumentNullException(nameof(Objective));

    /// <summary>The folder where the campaign is kept.</summary>
    public CampaignFolder Folder { get; init; } = Folder ?? throw new ArgumentNullException(nameof(Folder));

    /// <summary>Worker threads of this session; by default one per core.</summary>
    public int Workers { get; init; } = (Search ?? throw new ArgumentNullException(nameof(Search))).Workers ?? Environment.ProcessorCount;

    /// <summary>The failed trials that this session starts again, as new trials which the number of trials of the search counts.</summary>
    public ImmutableArray<int> Again { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The campaign, where it was read before, so that its journal is not read again. Default <c>null</c>: it is opened in
    /// <see cref="Folder"/>.</summary>
    public Campaign? Campaign { get; init; }

    /// <summary>Makes the workers of a session from the code that runs a job and the campaign as it was before the session. Default
    /// <c>null</c>: threads of this process.</summary>
    internal Func<JobRunner, Campaign, IWorkers>? Recruit { get; init; }

    /// <summary>Whether the hypersearch command runs the session, so that what people are told speaks of its options; else it speaks of
    /// what a program sets. Default false.</summary>
    internal bool FromCommand { get; init; }

    /// <summary>Where a program says which folder keeps a campaign.</summary>
    internal const string AnotherFolder = "another folder (CampaignOptions.Folder of a call, the folder of AddHyperSearch in a host)";

    /// <summary>Whether the host stops when the session is over. Default true; false in a host that has other services.</summary>
    public bool StopsHost { get; init; } = true;
}
