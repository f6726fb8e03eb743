using HyperSearch.Spaces;
using HyperSearch.Tests.Searches;

namespace HyperSearch.Tests.Spaces;

/// <summary>Puts lines that the program advises into a search file, and reads it.</summary>
internal static class AdvisedLines
{
    /// <summary>The parameters of a file whose space is these lines and one range more, so that something is searched.</summary>
    public static Parameter[] Read(params string[] lines) =>
        [.. Yaml.Parse($"objective: {{command: [x], epochs: 9}}\nminimize: loss\nspace:\n  {string.Join("\n  ", lines)}\n  more: " +
            $"{{uniform: [0, 1]}}\n").Space.Parameters[..^1]];
}
