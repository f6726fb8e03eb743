using System.Text.Json;
using System.Text.Json.Serialization;

namespace HyperSearch.Hosting.Control;

/// <summary>What a person wishes of a campaign that runs: one line of JSON to its owner.</summary>
/// <param name="What">What shall happen.</param>
internal sealed record Wish(WishKind What)
{
    /// <summary>How many trials in all, for <see cref="WishKind.MoreTrials"/>.</summary>
    public int? Trials { get; init; }

    /// <summary>The trial, for <see cref="WishKind.StopTrial"/>.</summary>
    public int? Trial { get; init; }

    /// <summary>The configuration, for <see cref="WishKind.Enqueue"/>: as a search file writes one, <c>{learning_rate: 0.01}</c>.</summary>
    public string? Point { get; init; }

    /// <summary>Reads a wish; <c>null</c> where it is none.</summary>
    public static Wish? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, WishJson.Default.Wish);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The kinds of wishes.</summary>
internal enum WishKind
{
    /// <summary>The campaign stops as by Ctrl-C.</summary>
    Stop,

    /// <summary>No job is handed out any more.</summary>
    Pause,

    /// <summary>Jobs are handed out again.</summary>
    GoOn,

    /// <summary>Another number of trials.</summary>
    MoreTrials,

    /// <summary>The job of a trial stops at its next epoch, with its value.</summary>
    StopTrial,

    /// <summary>A configuration is the next to start.</summary>
    Enqueue,

    /// <summary>Failed trials start again, as new trials.</summary>
    RetryFailed,
}

/// <summary>The owner's answer: one line of JSON.</summary>
/// <param name="Done">Whether the wish was fulfilled.</param>
/// <param name="Said">What was done, or why not, in a sentence.</param>
internal sealed record WishAnswer(bool Done, string Said)
{
    /// <summary>Whether the wish is one that no campaign like this could fulfil, such as a configuration outside its space.</summary>
    public bool IsWrong { get; init; }
}

/// <summary>Wishes and answers as JSON.</summary>
// What is missing may not stand for the first kind of wish, which stops the campaign.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Wish))]
[JsonSerializable(typeof(WishAnswer))]
internal sealed partial class WishJson : JsonSerializerContext;
