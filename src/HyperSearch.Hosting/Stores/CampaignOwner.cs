using System.Globalization;

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

    /// <summary>This process.</summary>
    internal static CampaignOwner Self(TimeProvider time) =>
        new(Environment.ProcessId, Environment.MachineName, time.GetUtcNow()) { Command = OwnCommand() };

    /// <summary>Who it is, for people.</summary>
    internal string Describe() =>
        string.Create(CultureInfo.InvariantCulture,
            $"process {Process} on {Machine}{(Command is null ? "" : $" (\"{Command}\")")} since {Since:yyyy-MM-dd HH:mm:ss} UTC");

    private static string OwnCommand()
    {
        var arguments = Environment.GetCommandLineArgs();
        var command = string.Join(' ', arguments.Skip(1).Prepend(Path.GetFileNameWithoutExtension(arguments[0])));
        return command.Length <= LongestCommand ? command : command[..(LongestCommand - 1)] + "…";
    }
}
