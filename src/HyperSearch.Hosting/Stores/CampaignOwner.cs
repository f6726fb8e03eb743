namespace HyperSearch.Hosting.Stores;

/// <summary>The process that runs a campaign.</summary>
/// <param name="Process">Its process id.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="Since">When it took the campaign, UTC.</param>
public sealed record CampaignOwner(int Process, string Machine, DateTimeOffset Since)
{
    private const int LongestCommand = 200;

    /// <summary>The command line that started it, shortened; <c>null</c> when unknown.</summary>
    public string? Command { get; init; }

    /// <summary>The campaign's folder as the owner sees it, so that a copy of a running campaign is not taken for it; <c>null</c> when
    /// unknown.</summary>
    public string? Folder { get; init; }

    /// <summary>A number that only this taking of the campaign has; <c>null</c> where an older program owns it.</summary>
    public string? Nonce { get; init; }

    /// <summary>The socket at which it hears wishes; <c>null</c> where an older program owns it.</summary>
    public string? Control { get; init; }

    /// <summary>When its process started, UTC; tells it from a later process with the same id. <c>null</c> when unknown.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>This process, as it takes a campaign now.</summary>
    internal static CampaignOwner Self(CampaignFolder folder, TimeProvider time)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new CampaignOwner(process.Id, Environment.MachineName, time.GetUtcNow())
        {
            Command = OwnCommand(),
            Folder = folder.Path,
            Control = ControlPath.Of(folder),
            Nonce = Guid.NewGuid().ToString("N"),
            Started = process.StartTime.ToUniversalTime(),
        };
    }

    /// <summary>Whether it is a process of this machine that still lives; a process of another machine cannot be asked.</summary>
    internal bool LivesHere()
    {
        if (Machine != Environment.MachineName || Started is not { } started)
            return false;
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Process);
            return (process.StartTime.ToUniversalTime() - started).Duration() < TimeSpan.FromSeconds(1) && !IsZombie(Process);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false; // it has ended, or belongs to a stranger
        }
    }

    /// <summary>Whether it has ended and waits for its parent to hear of it, which in a container may be never.</summary>
    /// <remarks>The state stands behind the name in parentheses, see proc(5).</remarks>
    private static bool IsZombie(int process)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart() is ['Z' or 'X', ..];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return !File.Exists($"/proc/{process}/stat"); // it has ended since
        }
    }

    /// <summary>The owner in words.</summary>
    internal string Describe() => FormattableString.Invariant(
        $"process {Process} on {Machine}{(Command is null ? "" : $" (\"{Command}\")")} since {Since:yyyy-MM-dd HH:mm:ss} UTC");

    private static string OwnCommand()
    {
        var arguments = Environment.GetCommandLineArgs();
        var command = string.Join(' ', arguments.Skip(1).Prepend(Path.GetFileNameWithoutExtension(arguments[0])));
        return command.Length <= LongestCommand ? command : command[..(LongestCommand - 1)] + "…";
    }
}
