using System.Diagnostics.CodeAnalysis;

namespace HyperSearch.Hosting.Indexing;

/// <summary>Whether campaigns have an index. Without one every question is answered by the journal.</summary>
/// <remarks>
/// LiteDB works by reflection, which trimming and compiling ahead cannot follow: programs that are published so are built with the switch
/// off (<c>HyperSearch.Hosting.targets</c> in the package), and LiteDB is left out of them.
/// </remarks>
internal static class IndexSwitch
{
    /// <summary>The name of the switch in a program's configuration.</summary>
    public const string Name = "HyperSearch.Hosting.Index";

    /// <summary>Whether it is on. Default: yes.</summary>
    [FeatureSwitchDefinition(Name)]
    public static bool IsOn => !AppContext.TryGetSwitch(Name, out var isOn) || isOn;
}
