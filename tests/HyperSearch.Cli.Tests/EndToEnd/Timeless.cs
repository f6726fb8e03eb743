using System.Text.Json;

namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>A ranking without its times: what a campaign is a function of.</summary>
internal static class Timeless
{
    public static string Text(JsonElement rank) =>
        string.Join('\n', rank.EnumerateArray().Select(trial =>
            string.Join(';', trial.EnumerateObject().Where(field => field.Name != "seconds").Select(field => field.ToString()))));
}
