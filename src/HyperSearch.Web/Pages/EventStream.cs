using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HyperSearch.Web.Pages;

/// <summary>Events for a viewer, written in pieces: the framework's own result puts each event into one buffer, and a large campaign's is
/// megabytes for each viewer.</summary>
/// <param name="events">The events.</param>
internal sealed class EventStream(IAsyncEnumerable<SseItem<string>> events) : IResult
{
    private const int Piece = 16 << 10;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        response.Headers.ContentEncoding = "identity";
        await response.StartAsync();
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        await foreach (var item in events)
        {
            await WriteAsync(response, $"event: {item.EventType}\n", httpContext.RequestAborted);
            if (item.EventId is { } id)
                await WriteAsync(response, $"id: {id}\n", httpContext.RequestAborted);
            foreach (var line in item.Data.Split('\n')) // a sentence about a fault may have several
                await WriteAsync(response, "data: ", line, httpContext.RequestAborted);
            await WriteAsync(response, "\n", httpContext.RequestAborted);
            await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }
    }

    private static async Task WriteAsync(HttpResponse response, string name, string line, CancellationToken gone)
    {
        await WriteAsync(response, name, gone);
        await WriteAsync(response, line, gone);
        await WriteAsync(response, "\n", gone);
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken gone)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(text.Length, start + Piece);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end--; // the two halves of a letter stay together
            Encoding.UTF8.GetBytes(text.AsSpan(start, end - start), response.BodyWriter);
            start = end;
            if (start < text.Length)
                await response.BodyWriter.FlushAsync(gone);
        }
    }
}
