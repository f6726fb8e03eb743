using System.Reflection;

namespace HyperSearch.Cluster.Joining;

/// <summary>The version of what host and workers say to each other.</summary>
internal static class Protocol
{
    /// <summary>The protocol's version: rises when a message changes its meaning.</summary>
    public const int Version = 1;

    /// <summary>The version of HyperSearch: the same bits are promised for the same version only.</summary>
    public static string Product { get; } =
        typeof(Protocol).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
