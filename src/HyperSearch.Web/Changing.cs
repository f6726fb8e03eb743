using System.Text.Json;
using System.Text.Json.Serialization;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Stores;
using HyperSearch.Web.Following;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HyperSearch.Web;

/// <summary>The addresses by which a page changes something: wishes go to the campaign's owner, notes into the campaign's folder.</summary>
/// <param name="hubs">The campaigns.</param>
internal sealed class Changing(Hubs hubs)
{
    /// <summary>Adds the addresses.</summary>
    public void Map(WebApplication app)
    {
        app.MapPost("/c/{name}/wishes", AskAsync);
        app.MapPost("/c/{name}/notes", NoteAsync);
    }

    private async Task<IResult> AskAsync(string name, HttpContext context)
    {
        if (hubs.FolderOf(name) is not { } folder)
            return Results.NotFound();
        if (Wish.Read(await BodyAsync(context)) is not { } wish)
            return Said("That is no wish that this server knows.", StatusCodes.Status400BadRequest);
        var answer = await ControlSocket.AskAsync(folder, wish, context.RequestAborted);
        return Said(answer.Said, answer.Done ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private async Task<IResult> NoteAsync(string name, HttpContext context)
    {
        if (hubs.FolderOf(name) is not { } folder)
            return Results.NotFound();
        if (NotesChange.Read(await BodyAsync(context)) is not { } change)
            return Said("Notes are of the form {\"tags\": [\"…\"], \"note\": \"…\", \"before\": {…}}.", StatusCodes.Status400BadRequest);
        var notes = new CampaignNotes { Tags = [.. change.Tags], Note = change.Note };
        if (notes.Mistake() is { } mistake)
            return Said(mistake, StatusCodes.Status400BadRequest);
        notes.Replace(folder, change.Before); // a StoreException becomes the answer 409 with its sentence
        return Said("The notes are kept.", StatusCodes.Status200OK);
    }

    private static async Task<string> BodyAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        return await body.ReadToEndAsync(context.RequestAborted);
    }

    private static IResult Said(string sentence, int status) => Results.Text(sentence, statusCode: status);
}

/// <summary>Notes that a person wants kept, and those that the person had seen.</summary>
internal sealed record NotesChange
{
    /// <summary>The tags.</summary>
    public required string[] Tags { get; init; }

    /// <summary>The note; empty for none.</summary>
    public required string Note { get; init; }

    /// <summary>What stood there when the person began to write.</summary>
    public required CampaignNotes Before { get; init; }

    /// <summary>Reads a change; <c>null</c> where it is none.</summary>
    public static NotesChange? Read(string text)
    {
        try
        {
            var change = JsonSerializer.Deserialize(text, NotesChangeJson.Default.NotesChange);
            return change is { Tags: not null, Note: not null, Before: { Tags.IsDefault: false, Note: not null } }
                && !change.Tags.Contains(null) ? change : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Changes of notes as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NotesChange))]
internal sealed partial class NotesChangeJson : JsonSerializerContext;
