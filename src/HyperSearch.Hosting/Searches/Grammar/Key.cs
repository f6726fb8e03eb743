namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>One key of a map.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Shape">What its value may be.</param>
/// <param name="Meaning">A sentence for people who have not seen it before; editors show it.</param>
internal sealed record Key(string Name, Shape Shape, string Meaning)
{
    /// <summary>Whether the map is nothing without it.</summary>
    public bool Required { get; init; }

    /// <summary>What holds when it is left out, as it would be written; <c>null</c> when that cannot be said in a value.</summary>
    public string? Default { get; init; }
}
