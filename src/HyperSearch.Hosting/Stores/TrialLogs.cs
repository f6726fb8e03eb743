using System.Globalization;
using System.Text;

namespace HyperSearch.Hosting.Stores;

/// <summary>The output of a trial's commands, as files: one for each of its jobs, its repeats behind them.</summary>
public static class TrialLogs
{
    private const int TailBytes = 16 << 10;

    /// <summary>The log files that a trial has, in the order of its jobs; empty where it printed nothing worth keeping.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="trial">The trial's number.</param>
    public static IReadOnlyList<string> Paths(CampaignFolder folder, int trial)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder.LogFolder))
            return [];
        var name = CampaignFolder.NameOf(trial, repeat: 0);
        return [.. Directory.EnumerateFiles(folder.LogFolder, name + "-*.log")
            .Select(path => (Path: path, Numbers: Path.GetFileNameWithoutExtension(path)[(name.Length + 1)..].Split('-')))
            .OrderBy(file => file.Numbers.Length > 1 ? Number(file.Numbers[^2]) : 0).ThenBy(file => Number(file.Numbers[^1]))
                .Select(file => file.Path)];
    }

    /// <summary>The last lines of a file that may still be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">How many lines at most.</param>
    public static IReadOnlyList<string> Tail(string path, int lines)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var from = Math.Max(0, file.Length - TailBytes);
        file.Position = from;
        using var reader = new StreamReader(file, Encoding.UTF8);
        var all = reader.ReadToEnd().TrimEnd('\n').Split('\n');
        return [.. (from > 0 ? all.Skip(1) : all).TakeLast(lines)]; // the first may be cut
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
