using System.Collections.Immutable;
using HyperSearch.Cluster.Files;
using HyperSearch.Spaces;

namespace HyperSearch.Cluster.Joining;

/// <summary>What host and workers have to share, so that a trial gives the same bits wherever it runs.</summary>
internal sealed record HostFacts
{
    /// <summary>The sentence for a worker that refuses commands.</summary>
    public const string OnlyTrainingRefusal =
        "Trials are commands, and the worker was started with --only-training: start it without, if you trust this campaign.";

    /// <summary>The campaign's name.</summary>
    public required string Campaign { get; init; }

    /// <summary>What tells the campaign from every other one.</summary>
    public required string Identity { get; init; }

    /// <summary>The name of this session. Default: one that no other has.</summary>
    public string Session { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>The search in force, as a search file.</summary>
    public required string SearchText { get; init; }

    /// <summary>The folder at the host that relative paths of the search start from.</summary>
    public required string SearchFolder { get; init; }

    /// <summary>The hash of the data; <c>null</c> where the objective has none of ours.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>The version of HyperSearch.</summary>
    public string Product { get; init; } = Protocol.Product;

    /// <summary>The hash of a small training; <c>null</c> where any is taken.</summary>
    public string? Numerics { get; init; }

    /// <summary>The program whose function evaluates trials; <c>null</c> where none does, or any is taken.</summary>
    public string? Program { get; init; }

    /// <summary>What the search needs of a worker's machine.</summary>
    public ImmutableSortedDictionary<string, ParameterValue> Needs { get; init; } = ImmutableSortedDictionary<string, ParameterValue>.Empty;

    /// <summary>Whether trials are commands.</summary>
    public bool HasCommand { get; init; }

    /// <summary>The files that the objective reads.</summary>
    public IReadOnlyList<InputFile> Inputs { get; init; } = [];

    /// <summary>The files that the command ships; <c>null</c> when it ships none.</summary>
    public Manifest? Bundle { get; init; }

    /// <summary>The folder that is shared with workers; <c>null</c> when none is.</summary>
    public SharedOffer? Shared { get; init; }

    /// <summary>The files that the command's arguments name.</summary>
    public IReadOnlyList<FileEntry> Named { get; init; } = [];

    /// <summary>The reason why a worker is not taken, in one sentence that says what to do; <c>null</c> when it is.</summary>
    public string? RefusalOf(Hello hello)
    {
        ArgumentNullException.ThrowIfNull(hello);
        if (hello.Protocol != Protocol.Version)
            return $"The worker speaks protocol {hello.Protocol}, this campaign {Protocol.Version}: install HyperSearch {Product} on both.";
        if (hello.Product != Product)
        {
            return $"The worker is HyperSearch {hello.Product}, this campaign's host {Product}, and the same bits are promised for the "
                + "same version only: install the same on both.";
        }

        if (hello.Slots < 1)
            return $"The worker offers {hello.Slots} slots: start it with --slots 1 or more.";
        if (Program is { } program && hello.Program != program)
        {
            return $"Trials are evaluated by a function of the program {program}, and the worker is {hello.Program}: start the same "
                + "build of it.";
        }

        if (HasCommand && !hello.RunsCommands)
            return OnlyTrainingRefusal;
        if (Numerics is { } numerics && hello.Numerics != numerics)
        {
            return "This machine gives other bits than the host's in the same training, so its trials would not compare: take a machine of "
                + "the same kind, or \"ordering: relaxed\", which takes any.";
        }

        try
        {
            return Labels.Refusal(Needs, Labels.Parse(hello.Labels));
        }
        catch (ClusterException unclear)
        {
            return unclear.Message;
        }
    }

    /// <summary>The answer to a worker that is taken.</summary>
    public Welcome Welcome(int first, TimeSpan beat) =>
        new(
            WelcomeKind.Joined, "", Campaign, Identity, SearchText, SearchFolder, DataFingerprint, first, beat, [.. Inputs], Bundle,
            Shared, [.. Named])
        {
            Session = Session,
        };
}
