namespace HyperSearch.Web.Api;

/// <summary>The description of the API for tools; a test holds it against the addresses that are served.</summary>
internal static class OpenApi
{
    /// <summary>The OpenAPI document.</summary>
    public static string Document { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(OpenApi).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("The assembly was built without openapi.json.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
