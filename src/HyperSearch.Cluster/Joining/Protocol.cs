using System.Reflection;

namespace HyperSearch.Cluster.Joining;

/// <summary>The version of what host and workers say to each other, and how this process introduces itself.</summary>
internal static class Protocol
{
    /// <summary>The protocol's version: rises when a message changes its meaning.</summary>
    public const int Version = 1;

    private static readonly Lazy<string> LazyNumerics = new(NumericsHash.Compute);

    /// <summary>The version of HyperSearch: the same bits are promised for the same version only.</summary>
    public static string Product { get; } =
        typeof(Protocol).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The hash of a small training on this machine.</summary>
    public static string Numerics => LazyNumerics.Value;

    /// <summary>This program and its build, for people and for comparing.</summary>
    public static string Program { get; } = Assembly.GetEntryAssembly() is { } program
        ? FormattableString.Invariant($"{program.GetName().Name} {program.ManifestModule.ModuleVersionId}")
        : "";

    /// <summary>The words of this process when it joins a session.</summary>
    /// <param name="slots">How many jobs it runs at a time.</param>
    /// <param name="labels">The labels that it was given.</param>
    /// <param name="runsCommands">Whether it runs the commands of a search file.</param>
    public static Hello Introduce(int slots, IEnumerable<string> labels, bool runsCommands) => new(
        Version, Product, Guid.NewGuid().ToString("N"), Environment.MachineName, Environment.ProcessId, Environment.ProcessorCount, slots,
        [.. labels], Numerics, Program, runsCommands);
}
