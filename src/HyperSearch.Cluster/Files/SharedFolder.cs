using System.Security.Cryptography;
using System.Text;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cluster.Files;

/// <summary>What a host says of the folder that it shares with its workers.</summary>
/// <param name="Host">The folder at the host.</param>
/// <param name="Campaign">The campaign's folder inside it, with <c>/</c> between the names.</param>
/// <param name="Mark">What the mark in the campaign's folder says, which only who sees that folder can know.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.SharedOffer")]
internal sealed record SharedOffer(
    [property: Id(0)] string Host, [property: Id(1)] string Campaign, [property: Id(2)] string Mark);

/// <summary>A folder that host and workers see, on a network disk: data and checkpoints are read and written there, not sent.</summary>
/// <remarks>The host still lists, verifies and puts in place, so that a checkpoint is fenced as one that is sent.</remarks>
internal sealed class SharedFolder
{
    private const string MarkFile = "cluster.mark";

    private readonly string _root;
    private readonly string _rootAtHost;
    private readonly CampaignFolder _campaign;

    private SharedFolder(string root, SharedOffer offer) => (_root, _rootAtHost, _campaign) =
        (root, offer.Host, new CampaignFolder(Path.Combine(root, offer.Campaign)));

    /// <summary>Leaves the host's mark in a campaign's folder.</summary>
    /// <exception cref="ClusterException">The campaign lies elsewhere.</exception>
    public static SharedOffer Offer(string shared, CampaignFolder campaign)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(shared));
        if (Fault(root, campaign.Path) is { } fault)
            throw new ClusterException(fault);
        var mark = RandomNumberGenerator.GetHexString(32);
        AtomicFile.Write(Path.Combine(campaign.Path, MarkFile), Encoding.UTF8.GetBytes(mark));
        return new SharedOffer(root, Inside(root, campaign.Path), mark);
    }

    /// <summary>Why a campaign cannot share a folder, in a sentence that says what to do; <c>null</c> when it can.</summary>
    /// <param name="shared">The folder.</param>
    /// <param name="place">The campaign's folder, or where it will be.</param>
    public static string? Fault(string shared, string place)
    {
        var root = Path.GetFullPath(shared);
        if (!Directory.Exists(root))
            return $"--shared {shared}: there is no such folder. Name one that this machine and all workers see.";
        return PathLaw.Fault(Inside(root, Path.GetFullPath(place))) is null ? null
            : $"--shared {shared} has to hold the campaign's folder, \"{place}\", because its checkpoints are what is shared. Add "
                + $"--results {Path.Combine(shared, "results")}.";
    }

    /// <summary>Finds the folder of a host at a worker.</summary>
    /// <param name="shared">The worker's <c>--shared DIR</c>; <c>null</c> for none.</param>
    /// <param name="offer">What the host says; <c>null</c> when it shares none.</param>
    /// <returns>The folder; <c>null</c> where both share none.</returns>
    /// <exception cref="ClusterException">They do not see the same; the message says what would be right.</exception>
    public static SharedFolder? Enter(string? shared, SharedOffer? offer)
    {
        if (offer is null)
        {
            return shared is null ? null : throw new ClusterException(
                "The worker was started with --shared, and its host was not: start both with it, or neither.");
        }

        if (shared is null)
        {
            throw new ClusterException(
                $"The host shares the folder \"{offer.Host}\" with its workers: start the worker with --shared DIR, where DIR is that "
                + "folder here.");
        }

        if (PathLaw.Fault(offer.Campaign) is not null)
            throw new ClusterException("The host names a folder outside of the one that it shares.");
        var mark = Path.Combine(shared, offer.Campaign, MarkFile);
        return File.Exists(mark) && File.ReadAllText(mark) == offer.Mark ? new SharedFolder(shared, offer) : throw new ClusterException(
            $"--shared {shared} is not the folder that the host shares, \"{offer.Host}\": the campaign's mark is not in "
            + $"\"{Path.Combine(shared, offer.Campaign)}\". Name the same folder as the host does, as this machine sees it.");
    }

    /// <summary>Where an input lies here; <c>null</c> where it is not in the folder, or is another.</summary>
    public string? Find(InputFile input)
    {
        var inside = Inside(_rootAtHost, input.Path);
        if (PathLaw.Fault(inside) is not null)
            return null;
        var place = Path.Combine(_root, inside);
        return Array.TrueForAll(input.Files, file => FileHash.Matches(input.IsFolder ? Path.Combine(place, file.Path) : place, file))
            ? place : null;
    }

    /// <summary>Whether a path lies in the folder.</summary>
    public bool Holds(string path) => PathLaw.Fault(Inside(_root, path)) is null;

    /// <summary>Where the checkpoint of a trial lies.</summary>
    public string Checkpoint(int trial, int repeat) => _campaign.CheckpointFolder(trial, repeat);

    /// <summary>Where an upload is being made.</summary>
    /// <exception cref="ClusterException">The host gives it a name that is none.</exception>
    public string Upload(string upload) => Guid.TryParseExact(upload, "N", out _)
        ? Path.Combine(_campaign.CheckpointsPath, FolderSwap.Coming + upload)
        : throw new ClusterException("The host gives an upload a name that may lead out of its folder.");

    private static string Inside(string root, string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
}
