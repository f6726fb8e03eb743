using System.Diagnostics.CodeAnalysis;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Whether Parquet files are read.</summary>
/// <remarks>
/// The library that reads them works by reflection, which trimming and compiling ahead cannot follow: programs that are published so are
/// built with the switch off (<c>HyperSearch.Training.targets</c> in the package), and the library is left out of them.
/// </remarks>
internal static class ParquetSwitch
{
    /// <summary>The name of the switch in a program's configuration.</summary>
    public const string Name = "HyperSearch.Training.Parquet";

    /// <summary>Whether it is on. Default: yes.</summary>
    [FeatureSwitchDefinition(Name)]
    public static bool IsOn => !AppContext.TryGetSwitch(Name, out var isOn) || isOn;
}
