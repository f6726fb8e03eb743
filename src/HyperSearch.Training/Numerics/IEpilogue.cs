namespace HyperSearch.Training.Numerics;

/// <summary>What becomes of a finished piece of a product; a struct, so that it is inlined into the tile and the product itself never touches memory.</summary>
/// <typeparam name="L">The lane.</typeparam>
internal interface IEpilogue<L>
    where L : struct
{
    /// <summary>Whether <see cref="Take"/> is a few instructions, so that sixteen copies of it fit into a tile. The sums for those that are heavy wait: see <see cref="Waiting{L,T}"/>.</summary>
    static abstract bool IsLight { get; }

    /// <summary>Takes the sums of one row, from <paramref name="column"/> on, a lane wide.</summary>
    void Take(L sum, nint row, nint column);
}
