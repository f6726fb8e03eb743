using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Execution;

/// <summary>The processes that take part in a campaign, in words.</summary>
internal static class CompanyText
{
    private const int Most = 8;

    /// <summary>Who takes part: <c>host with 2 workers, gpu-2/4711 with 8 workers, which left: …</c>.</summary>
    public static string Present(ImmutableArray<Participant> participants) => Joined(
        [.. participants.OrderBy(participant => participant.Left is not null).Select(participant =>
            $"{participant.Name} with {Figures.Count(participant.Slots, "worker")}"
                + (participant.Left is { } reason ? $", which left: {reason.Split(". ")[0].TrimEnd('.')}" : ""))], "; ");

    /// <summary>What each did: <c>61 jobs by gpu-2/4711, 40 by host</c>.</summary>
    public static string Work(ImmutableArray<Participant> participants)
    {
        var busy = participants.Where(participant => participant.Jobs > 0).OrderByDescending(participant => participant.Jobs).ToArray();
        return Joined([.. busy.Select((participant, index) =>
            $"{(index == 0 ? Figures.Count(participant.Jobs, "job") : participant.Jobs)} by {participant.Name}")], ", ");
    }

    private static string Joined(IReadOnlyList<string> parts, string between) => parts.Count <= Most
        ? string.Join(between, parts)
        : $"{string.Join(between, parts.Take(Most))}{between}and {parts.Count - Most} more";
}
