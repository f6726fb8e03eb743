using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HyperSearch.Hosting.Stores;

/// <summary>What people write about a campaign: tags and a note, in <c>notes.json</c> in its folder. Nothing that is computed depends on
/// them, so they may change at any time, whether or not the campaign runs.</summary>
internal sealed record CampaignNotes
{
    /// <summary>A tag is at most so many characters long.</summary>
    public const int LongestTag = 40;

    /// <summary>A campaign has at most so many tags.</summary>
    public const int MostTags = 20;

    /// <summary>A note is at most so many characters long.</summary>
    public const int LongestNote = 10_000;

    private const int LargestFile = 256 << 10;

    /// <summary>No tags, no note.</summary>
    public static CampaignNotes None { get; } = new();

    /// <summary>The tags, in the order in which they were written.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The note; empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>Why the file tells nothing; <c>null</c> where it does.</summary>
    [JsonIgnore]
    public string? Fault { get; init; }

    /// <summary>The notes of a campaign. A damaged file hides no campaign: <see cref="Fault"/> says what is wrong with it.</summary>
    public static CampaignNotes Read(CampaignFolder folder)
    {
        var path = folder.NotesPath;
        try
        {
            if (!File.Exists(path))
                return None;
            if (CampaignFolder.IsLink(path) || new FileInfo(path).Length > LargestFile)
                return Faulty(path, $"it is a link, or larger than {LargestFile >> 10} KiB");
            var read = JsonSerializer.Deserialize(AtomicFile.Read(path), NotesJson.Default.CampaignNotes);
            return read is not null && !read.Tags.IsDefault && read.Note is not null && read.Tags.All(tag => tag is not null)
                ? read : Faulty(path, "it is not of the form {\"tags\": [\"…\"], \"note\": \"…\"}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return Faulty(path, unreadable.Message);
        }
    }

    /// <summary>What is wrong with these notes, in a sentence; <c>null</c> where they may be kept.</summary>
    public string? Mistake() => this switch
    {
        { Tags.Length: > MostTags } => $"A campaign has at most {MostTags} tags, not {Tags.Length}.",
        { Note.Length: > LongestNote } => $"A note has at most {LongestNote} characters, not {Note.Length}.",
        _ when Tags.FirstOrDefault(tag => tag.Length is 0 or > LongestTag || tag.Any(IsNoPartOfATag) || tag != tag.Trim()) is { } wrong =>
            $"\"{wrong}\" is no tag: a tag has 1 to {LongestTag} characters, no comma and no line break, and no space at its ends.",
        _ when Tags.CountBy(tag => tag, StringComparer.Ordinal).FirstOrDefault(entry => entry.Value > 1).Key is { } twice =>
            $"The tag \"{twice}\" is there twice.",
        _ => null,
    };

    /// <summary>Keeps these notes in place of others.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="before">The notes that the person has seen.</param>
    /// <exception cref="StoreException">Somebody else has changed them meanwhile, or they cannot be read or written.</exception>
    public void Replace(CampaignFolder folder, CampaignNotes before)
    {
        var path = folder.NotesPath;
        var known = Read(folder);
        if (known.Fault is { } fault)
            throw new StoreException($"{fault} Mend it or remove it first.");
        if (!known.Tags.SequenceEqual(before.Tags) || known.Note != before.Note)
            throw new StoreException("Somebody has changed these notes meanwhile. Look at them again before you change them.");
        if (CampaignFolder.IsLink(path))
            throw new StoreException(CampaignFolder.RefusalOf(path));
        try
        {
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, NotesJson.Default.CampaignNotes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The notes \"{path}\" cannot be written: {error.Message}", error);
        }
    }

    private static bool IsNoPartOfATag(char letter) => letter == ',' || char.IsControl(letter);

    private static CampaignNotes Faulty(string path, string why) => new() { Fault = $"The notes \"{path}\" cannot be read: {why}." };
}

/// <summary>Notes as JSON that people can read and edit.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(CampaignNotes))]
internal sealed partial class NotesJson : JsonSerializerContext;
