namespace HyperSearch.Cli.Commands;

/// <summary>The search files that <c>new</c> starts from, kept as resources of the program.</summary>
internal static class Templates
{
    /// <summary>Each with its meaning, in the order that help shows.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> All { get; } =
    [
        ("csv", "The built-in trainer on a CSV file."),
        ("images", "The built-in trainer on pictures, as IDX or NPY."),
        ("command", "A program of your own, one process for each piece of work."),
        ("worker", "A program of your own that stays alive and reads requests."),
        ("generated", "The built-in trainer on made-up data, to try things out."),
    ];

    /// <summary>The text of a template for a search of a name.</summary>
    public static string Text(string template, string name)
    {
        using var stream = typeof(Templates).Assembly.GetManifestResourceStream($"Templates.{template}.yaml")
            ?? throw new ArgumentException($"There is no template \"{template}\".", nameof(template));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("{name}", name, StringComparison.Ordinal);
    }
}
