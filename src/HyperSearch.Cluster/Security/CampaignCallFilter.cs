namespace HyperSearch.Cluster.Security;

/// <summary>Refuses what a worker calls at the host unless it is an interface of this assembly.</summary>
/// <remarks>
/// Every client of Orleans can otherwise call every grain there is, those that manage the silo among them. The two interfaces of Orleans
/// that its own client needs stay open: which grains there are, and the cancellation of a call. This keeps honest programs apart from what
/// is not theirs; a program that lies about its name is kept out by TLS.
/// </remarks>
internal sealed class CampaignCallFilter(ILocalSiloDetails silo) : IIncomingGrainCallFilter
{
    private static readonly string[] OfTheClient = ["IClusterManifestSystemTarget", "ICancellationSourcesExtension"];

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var called = context.InterfaceMethod?.DeclaringType;
        return context.SourceId is not { } source || !source.IsClient() || IsOfTheHost(source) || IsOpen(called)
            ? context.Invoke()
            : throw new UnauthorizedAccessException($"Workers may not call {context.InterfaceName} at the host of a campaign.");
    }

    /// <summary>The silo's own program calls grains as a client too, by this name.</summary>
    private bool IsOfTheHost(GrainId source) => source.Key.ToString() == $"hosted-{silo.SiloAddress.ToParsableString()}";

    /// <summary>Whether workers may call it.</summary>
    private static bool IsOpen(Type? called) => called is not null
        && (called.Assembly == typeof(CampaignCallFilter).Assembly
            || (called.Assembly.GetName().Name!.StartsWith("Orleans.", StringComparison.Ordinal)
                && Array.IndexOf(OfTheClient, called.Name) >= 0));
}
