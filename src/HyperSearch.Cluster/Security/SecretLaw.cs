namespace HyperSearch.Cluster.Security;

/// <summary>
/// Plain TCP only where nothing but this machine can listen in; everywhere else a secret is required, and with a secret everything is
/// encrypted, on this machine too.
/// </summary>
internal static class SecretLaw
{
    /// <summary>Why a campaign may not listen there; <c>null</c> when it may.</summary>
    public static string? RefusalToListen(HostAddress listen, bool hasSecret) => hasSecret || listen.IsLoopback
        ? null
        : $"{listen} can be reached from other machines, so the campaign needs a secret there: set {ClusterSecret.Variable}, or "
            + $"listen on 127.0.0.1:{listen.Port}.";

    /// <summary>Why a worker may not connect there; <c>null</c> when it may.</summary>
    public static string? RefusalToConnect(HostAddress host, bool hasSecret) => hasSecret || host.IsLoopback
        ? null
        : $"{host} is another machine, so the worker needs the campaign's secret: set {ClusterSecret.Variable} to what it "
            + "printed.";
}
