namespace HyperSearch.Cluster.Joining;

/// <summary>A worker process introduces itself.</summary>
/// <param name="Protocol">The protocol that it speaks: <see cref="Protocol.Version"/>.</param>
/// <param name="Product">The version of HyperSearch.</param>
/// <param name="Worker">The process's name, new with each process.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Cores">How many cores it may use.</param>
/// <param name="Slots">How many jobs it runs at a time.</param>
/// <param name="Labels">The labels that it was given, such as <c>gpu=a100</c>.</param>
/// <param name="Numerics">The hash of a small training: equal where the same trial gives the same bits.</param>
/// <param name="Program">Which program evaluates trials, where that is a function in it; else empty.</param>
/// <param name="RunsCommands">Whether it runs the commands of a search file.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.Hello")]
internal sealed record Hello(
    [property: Id(0)] int Protocol,
    [property: Id(1)] string Product,
    [property: Id(2)] string Worker,
    [property: Id(3)] string Machine,
    [property: Id(4)] int Process,
    [property: Id(5)] int Cores,
    [property: Id(6)] int Slots,
    [property: Id(7)] string[] Labels,
    [property: Id(8)] string Numerics,
    [property: Id(9)] string Program,
    [property: Id(10)] bool RunsCommands)
{
    /// <summary>The session that it cannot work for, and whose end it waits for: <see cref="Welcome.Session"/>. Default: none.</summary>
    [Id(11)]
    public string Declined { get; init; } = "";
}
